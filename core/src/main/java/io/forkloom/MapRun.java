package io.forkloom;

import io.forkloom.event.CrashReport;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
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

    /** Some of the arguments, in their order. */
    private sealed interface Part<C, R extends @Nullable Object> {
        /** They go as one task. */
        record Sent<C, R extends @Nullable Object>(Handle<C, R> handle, int size) implements Part<C, R> {}

        /** One that cannot cross the border: its end is known. */
        record Refused<C, R extends @Nullable Object>(Outcome<R> outcome) implements Part<C, R> {}
    }

    private final DispatchedPool<C> pool;
    private final TaskFunction<A, R> function;
    private final Iterator<? extends A> source;
    private final Plan plan;
    private final int window;

    /** Under way, in the order of their arguments. */
    private final Set<Part<C, R>> underWay = new LinkedHashSet<>();

    /** Taken from the source; the pool had no room for them yet. */
    private final ArrayDeque<Part<C, R>> outside = new ArrayDeque<>();

    /** Only of a map that is not ordered. */
    private final LinkedBlockingQueue<Part<C, R>> ended = new LinkedBlockingQueue<>();

    /** Of the chunk that is handed out; null where they were. */
    private @Nullable Object[] values = {};
    /** The next of the values. */
    private int at;
    /** Of that chunk. */
    private @Nullable TaskInfo task;

    /** What else is to be handed out. */
    private final ArrayDeque<Outcome<R>> ready = new ArrayDeque<>();

    private long given;
    private long deadline;
    private boolean begun;
    private @Nullable TaskInfo info;
    private Optional<String> late = Optional.empty();
    private Optional<String> stopped = Optional.empty();

    MapRun(DispatchedPool<C> pool, TaskFunction<A, R> function, Iterator<? extends A> source, Plan plan) {
        this.pool = pool;
        this.function = function;
        this.source = source;
        this.plan = plan;
        this.window = 2 * pool.workers() + 1; // each worker has one at hand when it finishes one
    }

    @Override
    public boolean hasNext() {
        return isReady() || !underWay.isEmpty() || !outside.isEmpty() || (stopped.isEmpty() && source.hasNext());
    }

    private boolean isReady() {
        return at < values.length || !ready.isEmpty();
    }

    @Override
    public Outcome<R> next() {
        advance();
        given++;
        return at < values.length
                ? Chunk.outcome(take(at++), Objects.requireNonNull(task), pool.border())
                : ready.removeFirst();
    }

    /** As {@link #next}, but the value alone; where there is none, that ends the map and is thrown. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what the function gave; null where R allows it
    R value() {
        advance();
        if (at < values.length && !Chunk.isFailure(values[at])) {
            given++;
            return (R) take(at++);
        }
        var outcome = next();
        if (!(outcome instanceof Outcome.Completed<R>)) {
            close("another task of the map gave no value");
        }
        return outcome.orThrow();
    }

    private @Nullable Object take(int index) {
        var value = values[index];
        values[index] = null; // it may be large, and the last one of the chunk far
        return value;
    }

    /** Waits until an outcome is ready. */
    private void advance() {
        if (isReady()) {
            return;
        }
        if (!hasNext()) {
            throw new NoSuchElementException("the map has no more results");
        }
        begin();
        try {
            while (!isReady()) {
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
            throw new TaskCancelledException(new Outcome.Cancelled<R>("its iteration was interrupted", info()));
        }
    }

    /** Cancels what is under way; the rest of the arguments is not taken. */
    void close(String reason) {
        outside.clear();
        stop(reason);
    }

    private void stop(String reason) {
        stopped = Optional.of(reason);
        for (var part : underWay) {
            if (part instanceof Part.Sent<C, R>(var handle, var _)) {
                handle.cancel(reason);
            }
        }
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
        while (stopped.isEmpty() && underWay.size() < window && (!outside.isEmpty() || source.hasNext())) {
            if (outside.isEmpty()) {
                prepare(nextChunk());
            }
            var part = outside.getFirst();
            // While something is under way its result is what is waited for, and room may come with it.
            if (part instanceof Part.Sent<C, R>(var handle, var _)
                    && !pool.submit(handle, underWay.isEmpty() ? left() : 0)) {
                if (underWay.isEmpty()) {
                    timeIsOver();
                }
                return;
            }
            underWay.add(outside.removeFirst());
            if (!plan.ordered) {
                whenEnded(part);
            }
        }
    }

    private void whenEnded(Part<C, R> part) {
        switch (part) {
            case Part.Sent<C, R>(var handle, var _) -> handle.atEnd(() -> ended.add(part));
            case Part.Refused<C, R> _ -> ended.add(part);
        }
    }

    private @Nullable Object[] nextChunk() {
        var arguments = new @Nullable Object[Math.min(plan.chunk, 1024)];
        int size = 0;
        do {
            if (size == arguments.length) {
                arguments = Arrays.copyOf(arguments, Math.min(plan.chunk, 2 * size));
            }
            arguments[size++] = source.next();
        } while (size < plan.chunk && source.hasNext());
        return size == arguments.length ? arguments : Arrays.copyOf(arguments, size);
    }

    /** As one task where that crosses; else in halves, so that what cannot cross is found, and the rest goes. */
    private void prepare(@Nullable Object[] arguments) {
        int size = arguments.length;
        try {
            var crossing = size == 1
                    ? pool.cross(CallKind.FUNCTION, function, arguments[0])
                    : pool.cross(CallKind.CHUNK, function, (Object) arguments);
            outside.add(new Part.Sent<>(pool.prepare(crossing), size));
        } catch (SerialisationException e) {
            if (size == 1) {
                outside.add(new Part.Refused<>(new Outcome.Failed<>(e, info())));
            } else {
                prepare(Arrays.copyOf(arguments, size / 2));
                prepare(Arrays.copyOfRange(arguments, size / 2, size));
            }
        }
    }

    /** The time was over before the pool had room for what was taken. */
    private void giveUpOutside() {
        for (var part : outside) {
            switch (part) {
                case Part.Sent<C, R>(var _, var size) -> ready.addAll(Collections.nCopies(size, timedOut(info())));
                case Part.Refused<C, R>(var outcome) -> ready.add(outcome);
            }
        }
        outside.clear();
    }

    /** Waits for the next part: the first one under way, or any that ended. */
    private Part<C, R> take() throws InterruptedException {
        Scopes.check();
        while (true) {
            Part<C, R> part = plan.ordered ? underWay.iterator().next() : ended.poll(left(), TimeUnit.NANOSECONDS);
            if (part != null && (!plan.ordered || hasEnded(part))) {
                underWay.remove(part);
                return part;
            }
            timeIsOver();
        }
    }

    private boolean hasEnded(Part<C, R> part) throws InterruptedException {
        return !(part instanceof Part.Sent<C, R>(var handle, var _))
                || handle.await(Duration.ofNanos(left())).isPresent();
    }

    private void timeIsOver() {
        late = Optional.of("the map's time-out of " + Ticks.words(plan.timeout.orElseThrow()) + " was over after "
                + given + (given == 1 ? " result" : " results"));
        stop(late.get());
        deadline = Ticks.now() + Long.MAX_VALUE / 2; // what was cancelled ends by itself, within the pool's bounds
    }

    private void unpack(Part<C, R> part) throws InterruptedException {
        switch (part) {
            case Part.Refused<C, R>(var outcome) -> ready.add(outcome);
            case Part.Sent<C, R>(var handle, var size) -> {
                var outcome = handle.await();
                if (size > 1 && outcome instanceof Outcome.Completed<?>(Object[] results, var _)) {
                    task = handle.info(Chunk.hasFailure(results));
                    values = results;
                    at = 0;
                } else {
                    ready.addAll(Collections.nCopies(size, lateOr(outcome)));
                }
            }
        }
    }

    /** What ended because the map's time was over did time out, though the pool only knows that it was cancelled. */
    private Outcome<R> lateOr(Outcome<R> outcome) {
        return late.isPresent() && outcome instanceof Outcome.Cancelled<R> ? timedOut(outcome.task()) : outcome;
    }

    private Outcome<R> timedOut(TaskInfo task) {
        return new Outcome.TimedOut<>(
                plan.timeout.orElseThrow(), late.orElseThrow(), CrashReport.NONE, Optional.empty(), task);
    }

    /** Of arguments that the pool never accepted; all alike, and slow to find out. */
    private TaskInfo info() {
        if (info == null) {
            info = pool.info(Shape.of(function));
        }
        return info;
    }
}
