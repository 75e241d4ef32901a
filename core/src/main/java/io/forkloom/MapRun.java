package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One iteration of a map: keeps a window of chunks under way, and hands out the outcomes of their elements. Driven by
 * the thread that iterates; there is no other.
 */
final class MapRun<C, A extends @Nullable Object, R extends @Nullable Object> implements Iterator<Outcome<R>> {
    /** How a map was asked to run. */
    record Plan(boolean ordered, int chunk, Optional<Duration> timeout) {}

    private final DispatchedPool<C> pool;
    private final TaskFunction<A, R> function;
    private final Iterator<? extends A> source;
    private final Plan plan;
    private final int window;

    /** Under way, in the order of their arguments. */
    private final Set<Part<C>> underWay = new LinkedHashSet<>();

    /** Taken from the source; the pool had no room for it yet. */
    private @Nullable Part<C> outside;

    /** Only of a map that is not ordered. */
    private final LinkedBlockingQueue<Part<C>> ended = new LinkedBlockingQueue<>();

    private final ArrayDeque<Outcome<R>> ready = new ArrayDeque<>();
    private long deadline;
    private boolean begun;
    private boolean late;
    private Optional<String> stopped = Optional.empty();

    /** A chunk. */
    private record Part<C>(Handle<C, ?> handle, int size) {}

    MapRun(DispatchedPool<C> pool, TaskFunction<A, R> function, Iterator<? extends A> source, Plan plan) {
        this.pool = pool;
        this.function = function;
        this.source = source;
        this.plan = plan;
        this.window = 2 * pool.workers() + 1; // each worker has one at hand when it finishes one
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || !underWay.isEmpty() || outside != null || (stopped.isEmpty() && source.hasNext());
    }

    @Override
    public Outcome<R> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the map has no more results");
        }
        begin();
        try {
            while (ready.isEmpty()) {
                fill();
                if (underWay.isEmpty()) {
                    giveUpOutside();
                } else {
                    unpack(take());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close("its iteration was interrupted");
            throw new TaskCancelledException(new Outcome.Cancelled<R>("its iteration was interrupted", anyInfo()));
        }
        return ready.removeFirst();
    }

    /** Cancels what is under way; the rest of the arguments is not taken. */
    void close(String reason) {
        outside = null;
        stop(reason);
    }

    private void stop(String reason) {
        stopped = Optional.of(reason);
        underWay.forEach(part -> part.handle.cancel(reason));
    }

    private void begin() {
        if (!begun) {
            begun = true;
            deadline = Ticks.now() + plan.timeout.map(Ticks::of).orElse(Long.MAX_VALUE / 2);
        }
    }

    private long left() {
        return Math.max(0, deadline - Ticks.now());
    }

    private void fill() throws InterruptedException {
        while (stopped.isEmpty() && underWay.size() < window && (outside != null || source.hasNext())) {
            var part = outside == null ? prepare() : outside;
            outside = part;
            // While something is under way its result is what is waited for, and room may come with it.
            if (!pool.submit(part.handle, underWay.isEmpty() ? left() : 0)) {
                if (underWay.isEmpty()) {
                    timeIsOver();
                }
                return;
            }
            outside = null;
            underWay.add(part);
            if (!plan.ordered) {
                part.handle.whenEnded(() -> ended.add(part));
            }
        }
    }

    private Part<C> prepare() {
        if (plan.chunk == 1) {
            return new Part<>(pool.prepare(pool.cross(CallKind.FUNCTION, function, source.next())), 1);
        }
        var arguments = new ArrayList<@Nullable Object>(Math.min(plan.chunk, 1024));
        while (arguments.size() < plan.chunk && source.hasNext()) {
            arguments.add(source.next());
        }
        var crossing = pool.cross(CallKind.CHUNK, function, (Object) arguments.toArray());
        return new Part<>(pool.prepare(crossing), arguments.size());
    }

    /** The time was over before the pool had room for what was taken. */
    private void giveUpOutside() {
        var part = Objects.requireNonNull(outside);
        outside = null;
        var outcome = new Outcome.TimedOut<R>(plan.timeout.orElseThrow(), part.handle.info(true));
        ready.addAll(Collections.nCopies(part.size, outcome));
    }

    /** Waits for the next part: the first one under way, or any that ended. */
    private Part<C> take() throws InterruptedException {
        while (true) {
            Part<C> part = plan.ordered ? underWay.iterator().next() : null;
            if (part == null) {
                part = ended.poll(left(), TimeUnit.NANOSECONDS);
            } else if (part.handle.await(Duration.ofNanos(left())).isEmpty()) {
                part = null;
            }
            if (part != null) {
                underWay.remove(part);
                return part;
            }
            timeIsOver();
        }
    }

    private void timeIsOver() {
        var limit = plan.timeout.orElseThrow();
        late = true;
        stop("the map's time of " + Messages.words(limit) + " was over");
        deadline = Ticks.now() + Long.MAX_VALUE / 2; // what was cancelled ends by itself, within the pool's bounds
    }

    @SuppressWarnings("unchecked") // the function gave an R, or the chunk an array of them
    private void unpack(Part<C> part) throws InterruptedException {
        var outcome = (Outcome<R>) part.handle.await();
        if (plan.chunk == 1) {
            ready.add(timedOut(outcome));
            return;
        }
        if (outcome instanceof Outcome.Completed<?>(Object[] values, var _)) {
            var task = part.handle.info(Arrays.stream(values).anyMatch(Chunk::isFailure));
            for (Object value : values) {
                ready.add(Chunk.outcome(value, task, pool.border()));
            }
            return;
        }
        ready.addAll(Collections.nCopies(part.size, timedOut(outcome)));
    }

    /** What ended because the map's time was over did time out, though the pool only knows that it was cancelled. */
    private Outcome<R> timedOut(Outcome<R> outcome) {
        return late && outcome instanceof Outcome.Cancelled<R>
                ? new Outcome.TimedOut<>(plan.timeout.orElseThrow(), outcome.task())
                : outcome;
    }

    private TaskInfo anyInfo() {
        List<Part<C>> parts = List.copyOf(underWay);
        return parts.isEmpty()
                ? new TaskInfo(0, "a map", Optional.empty(), Optional.empty(), new Timing(Duration.ZERO, Duration.ZERO))
                : parts.getFirst().handle.info(true);
    }
}
