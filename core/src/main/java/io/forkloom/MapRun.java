package io.forkloom;

import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One iteration of a map: keeps a window of chunks under way, and hands out the outcomes of their elements. Driven by
 * the thread that iterates; there is no other.
 */
final class MapRun<A extends @Nullable Object, R extends @Nullable Object> implements Iterator<Outcome<R>> {
    private static final TaskBiFunction<
                    TaskFunction<@Nullable Object, @Nullable Object>, @Nullable Object[], @Nullable Object[]>
            CHUNK = Chunk::apply;

    /** How a map was asked to run. */
    record Shape(boolean ordered, int chunk, Optional<Duration> timeout) {}

    private final DispatchedPool<?> pool;
    private final TaskFunction<A, R> function;
    private final Iterator<? extends A> source;
    private final Shape shape;
    private final int window;

    /** Under way, in the order of their arguments. */
    private final Set<Part> underWay = new LinkedHashSet<>();

    private final LinkedBlockingQueue<Part> ended = new LinkedBlockingQueue<>();
    private final ArrayDeque<Outcome<R>> ready = new ArrayDeque<>();
    private long deadline;
    private boolean begun;
    private Optional<String> stopped = Optional.empty();

    /** A chunk under way. */
    private record Part(Handle<?, ?> handle, int size) {}

    MapRun(DispatchedPool<?> pool, TaskFunction<A, R> function, Iterator<? extends A> source, Shape shape) {
        this.pool = pool;
        this.function = function;
        this.source = source;
        this.shape = shape;
        this.window = 2 * pool.workers() + 1; // each worker has one at hand when it finishes one
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || !underWay.isEmpty() || (stopped.isEmpty() && source.hasNext());
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
                unpack(take());
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
        stopped = Optional.of(reason);
        underWay.forEach(part -> part.handle.cancel(reason));
    }

    private void begin() {
        if (!begun) {
            begun = true;
            deadline = Ticks.now() + shape.timeout.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
        }
    }

    private void fill() throws InterruptedException {
        while (stopped.isEmpty() && underWay.size() < window && source.hasNext()) {
            Part part = shape.chunk == 1 ? new Part(pool.hand(function, source.next()), 1) : chunk();
            underWay.add(part);
            part.handle.whenEnded(() -> ended.add(part));
        }
    }

    private Part chunk() throws InterruptedException {
        var arguments = new ArrayList<@Nullable Object>(Math.min(shape.chunk, 1024));
        while (arguments.size() < shape.chunk && source.hasNext()) {
            arguments.add(source.next());
        }
        return new Part(pool.hand(CHUNK, function, arguments.toArray()), arguments.size());
    }

    /** Waits for the next part: the first one under way, or any that ended. */
    private Part take() throws InterruptedException {
        while (true) {
            Part part = shape.ordered ? underWay.iterator().next() : null;
            long left = Math.max(0, deadline - Ticks.now());
            if (part == null) {
                part = ended.poll(left, TimeUnit.NANOSECONDS);
            } else if (part.handle.await(Duration.ofNanos(left)).isEmpty()) {
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
        var limit = shape.timeout.orElseThrow();
        close("the map's time of " + Messages.words(limit) + " was over");
        deadline = Ticks.now() + Long.MAX_VALUE / 2; // what was cancelled ends by itself, within the pool's bounds
    }

    @SuppressWarnings("unchecked") // the function gave an R, or the chunk an array of them
    private void unpack(Part part) throws InterruptedException {
        var outcome = (Outcome<R>) part.handle.await();
        if (shape.chunk == 1) {
            ready.add(timedOut(outcome));
            return;
        }
        if (outcome instanceof Outcome.Completed<?>(Object[] values, var task)) {
            for (Object value : values) {
                ready.add(Chunk.outcome(value, task));
            }
            return;
        }
        for (int i = 0; i < part.size; i++) {
            ready.add(timedOut(outcome));
        }
    }

    /** What ended because the map's time was over did time out, though the pool only knows that it was cancelled. */
    private Outcome<R> timedOut(Outcome<R> outcome) {
        boolean late = outcome instanceof Outcome.Cancelled<R>
                && shape.timeout.isPresent()
                && deadline - Ticks.now() > Long.MAX_VALUE / 4;
        return late ? new Outcome.TimedOut<>(shape.timeout.orElseThrow(), outcome.task()) : outcome;
    }

    private TaskInfo anyInfo() {
        List<Part> parts = List.copyOf(underWay);
        return parts.isEmpty()
                ? new TaskInfo(0, "a map", Optional.empty(), Optional.empty(), new Timing(Duration.ZERO, Duration.ZERO))
                : parts.getFirst().handle.info(true);
    }
}
