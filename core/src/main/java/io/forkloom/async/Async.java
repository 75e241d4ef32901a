package io.forkloom.async;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Groups in one call, for the usual cases: all of these, the first of these, this for each of those.
 *
 * <pre>{@code
 * var both = gather(() -> users.find(id), () -> orders.of(id));     // all values, or the first failure cancels the rest
 * var quickest = race(mirrors);                                     // the first value cancels the rest
 * var pages = amap(urls, http::get).limit(64).toList();             // one for each item, not too many at once
 * }</pre>
 *
 * <p><b>Waiting.</b> What gives values waits for them; an interrupt cancels what runs, and waits until it has ended.
 */
public final class Async {
    private Async() {}

    /**
     * Runs all, each on a virtual thread, and gives their values in the order of the arguments.
     *
     * @throws GroupFailedException if any fails; the others are cancelled then
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <T extends @Nullable Object> List<T> gather(Callable<? extends T>... bodies)
            throws InterruptedException {
        return gather(Arrays.asList(bodies));
    }

    /** As {@link #gather(Callable...)}. */
    public static <T extends @Nullable Object> List<T> gather(Collection<? extends Callable<? extends T>> bodies)
            throws InterruptedException {
        try (var group = TaskGroup.open("gather")) {
            var subtasks = forkAll(group, bodies);
            group.join();
            var values = new ArrayList<T>();
            subtasks.forEach(each -> values.add(each.value()));
            return values;
        }
    }

    /**
     * Runs all, each on a virtual thread, and gives the first value; the others are cancelled, and have ended.
     * Of values that are there at the same time it is the one whose body stands first.
     *
     * @throws GroupFailedException if all fail
     */
    public static <T extends @Nullable Object> T race(Collection<? extends Callable<? extends T>> bodies)
            throws InterruptedException {
        if (bodies.isEmpty()) {
            throw new NoSuchElementException("a race of nobody has no winner");
        }
        try (var group = TaskGroup.open(c -> c.name("race").policy(Policy.FIRST_SUCCESS))) {
            var subtasks = forkAll(group, bodies);
            group.join();
            return subtasks.stream()
                    .filter(each -> each.state() == Subtask.State.DONE)
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }

    private static <T extends @Nullable Object> List<Subtask<T>> forkAll(
            TaskGroup group, Collection<? extends Callable<? extends T>> bodies) throws InterruptedException {
        var subtasks = new ArrayList<Subtask<T>>();
        for (var body : bodies) {
            subtasks.add(group.<T>fork(body));
        }
        return subtasks;
    }

    /** Describes a run of the function for each item; see {@link AsyncMap}. */
    public static <A extends @Nullable Object, R extends @Nullable Object> AsyncMap<A, R> amap(
            Iterable<? extends A> items, AsyncFunction<? super A, ? extends R> function) {
        return AsyncMap.of(items, function);
    }

    /** When {@link #waitFor} has waited long enough. */
    public enum Until {
        /** One of them has ended, in whatever way. */
        FIRST,
        /** One of them has failed, or all have ended. */
        FIRST_FAILURE,
        ALL
    }

    /** Those that have ended, and those that have not, in their order. */
    public record Waited<T extends @Nullable Object>(List<Subtask<T>> ended, List<Subtask<T>> running) {}

    /**
     * Waits for subtasks, without ending any: whoever may look at them may wait for them. Put {@link Timeouts#moveOnAfter}
     * around it for a time-out.
     */
    public static <T extends @Nullable Object> Waited<T> waitFor(Until until, Collection<Subtask<T>> subtasks)
            throws InterruptedException {
        var groups =
                subtasks.stream().map(each -> each.group().ends()).distinct().toList();
        Ends.await(groups, () -> isEnough(until, subtasks));
        var ended = new ArrayList<Subtask<T>>();
        var running = new ArrayList<Subtask<T>>();
        for (var each : subtasks) {
            (each.hasEnded() ? ended : running).add(each);
        }
        return new Waited<>(ended, running);
    }

    private static boolean isEnough(Until until, Collection<? extends Subtask<?>> subtasks) {
        boolean all = subtasks.stream().allMatch(Subtask::hasEnded);
        return all
                || switch (until) {
                    case FIRST -> subtasks.stream().anyMatch(Subtask::hasEnded);
                    case FIRST_FAILURE -> subtasks.stream().anyMatch(each -> each.state() == Subtask.State.FAILED);
                    case ALL -> false;
                };
    }
}
