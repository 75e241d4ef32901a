package io.forkloom.testkit;

import io.forkloom.Outcome;
import io.forkloom.Results;
import io.forkloom.TaskHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map over a {@link DirectPool}: a few tasks are under way, so that a seed has something to choose from. */
final class DirectResults<A extends @Nullable Object, R extends @Nullable Object> implements Results<R> {
    private final DirectFloor floor;
    private final Iterable<? extends A> arguments;
    private final Function<A, TaskHandle<R>> submit;
    private final Function<Duration, Outcome<R>> late;
    private final ArrayDeque<TaskHandle<R>> underWay = new ArrayDeque<>();
    private final ArrayDeque<TaskHandle<R>> ended = new ArrayDeque<>();
    private boolean ordered = true;
    private boolean begun;
    private Optional<Duration> noTime = Optional.empty();
    private boolean closed;

    /**
     * Of one map.
     *
     * @param late the outcome of an argument for which there was so little time
     */
    DirectResults(
            DirectFloor floor,
            Iterable<? extends A> arguments,
            Function<A, TaskHandle<R>> submit,
            Function<Duration, Outcome<R>> late) {
        this.floor = floor;
        this.arguments = arguments;
        this.submit = submit;
        this.late = late;
    }

    @Override
    public Results<R> ordered() {
        checkNotBegun();
        ordered = true;
        return this;
    }

    @Override
    public Results<R> asCompleted() {
        checkNotBegun();
        ordered = false;
        return this;
    }

    /** Changes nothing: each argument is a task. */
    @Override
    public Results<R> chunk(int size) {
        checkNotBegun();
        return this;
    }

    /** Time stands still: it is never over, unless there is none at all. */
    @Override
    public Results<R> within(Duration timeout) {
        checkNotBegun();
        noTime = timeout.isPositive() ? Optional.empty() : Optional.of(timeout);
        return this;
    }

    @Override
    public Iterator<R> iterator() {
        var outcomes = begin();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return outcomes.hasNext();
            }

            @Override
            public R next() {
                var outcome = outcomes.next();
                if (!(outcome instanceof Outcome.Completed<R>)) {
                    close("another task of the map gave no value");
                }
                return outcome.orThrow();
            }
        };
    }

    @Override
    public Iterable<Outcome<R>> outcomes() {
        return this::begin;
    }

    @Override
    public void close() {
        close("the map was closed");
    }

    private void close(String reason) {
        closed = true;
        for (var handle : underWay.toArray(TaskHandle<?>[]::new)) {
            handle.cancel(reason);
        }
    }

    private Iterator<Outcome<R>> begin() {
        checkNotBegun();
        begun = true;
        var source = arguments.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !underWay.isEmpty() || !ended.isEmpty() || (!closed && source.hasNext());
            }

            @Override
            public Outcome<R> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the map has no more results");
                }
                if (noTime.isPresent()) {
                    var _ = source.next();
                    close("there is no time for it");
                    return late.apply(noTime.get());
                }
                while (!closed && underWay.size() + ended.size() < floor.window() && source.hasNext()) {
                    bring(submit.apply(source.next()));
                }
                return take().poll().orElseThrow();
            }
        };
    }

    private void bring(TaskHandle<R> handle) {
        underWay.add(handle);
        if (!ordered) {
            handle.whenEnded(() -> {
                underWay.remove(handle);
                ended.add(handle);
            });
        }
    }

    private TaskHandle<R> take() {
        while (ordered ? !underWay.getFirst().isDone() : ended.isEmpty()) {
            floor.step();
        }
        return ordered ? underWay.removeFirst() : ended.removeFirst();
    }

    private void checkNotBegun() {
        if (begun) {
            throw new IllegalStateException("the results of a map can be iterated once, and arranged only before that");
        }
    }
}
