package io.forkloom;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map over a pool: remembers what is asked for, and starts a {@link MapRun} when iteration begins. */
final class MappedResults<A extends @Nullable Object, R extends @Nullable Object> implements Results<R> {
    private final DispatchedPool<?> pool;
    private final TaskFunction<A, R> function;
    private final Iterable<? extends A> arguments;
    private boolean ordered = true;
    private int chunk = 1;
    private Optional<Duration> timeout = Optional.empty();
    private @Nullable MapRun<?, A, R> run;

    MappedResults(DispatchedPool<?> pool, TaskFunction<A, R> function, Iterable<? extends A> arguments) {
        this.pool = pool;
        this.function = function;
        this.arguments = arguments;
    }

    @Override
    public Results<R> ordered() {
        checkNotStarted();
        ordered = true;
        return this;
    }

    @Override
    public Results<R> asCompleted() {
        checkNotStarted();
        ordered = false;
        return this;
    }

    @Override
    public Results<R> chunk(int size) {
        checkNotStarted();
        chunk = PoolConfig.positive("chunk", size);
        return this;
    }

    @Override
    public Results<R> within(Duration limit) {
        checkNotStarted();
        timeout = Optional.of(limit);
        return this;
    }

    @Override
    public Iterator<R> iterator() {
        var started = start();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return started.hasNext();
            }

            @Override
            public R next() {
                return started.value();
            }
        };
    }

    @Override
    public Iterable<Outcome<R>> outcomes() {
        return this::start;
    }

    @Override
    public void close() {
        if (run != null) {
            run.close("the map was closed");
        }
    }

    private MapRun<?, A, R> start() {
        checkNotStarted();
        var started = on(pool);
        run = started;
        return started;
    }

    private <C> MapRun<C, A, R> on(DispatchedPool<C> named) {
        return new MapRun<>(
                named,
                function,
                arguments.iterator(),
                new MapRun.Plan(ordered, chunk, timeout.filter(_ -> named.timed())));
    }

    private void checkNotStarted() {
        if (run != null) {
            throw new IllegalStateException("the results of a map can be iterated once, and arranged only before that");
        }
    }
}
