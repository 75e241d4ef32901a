package io.forkloom;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One task that a pool has accepted.
 *
 * <p>{@link #join} and {@link #await} wait; {@link #poll} never does. The result is decoded by whoever asks first, on
 * its own thread. As a {@link Future}: {@code get} throws {@code ExecutionException} with the
 * {@link TaskException} as cause, {@code CancellationException} for a cancelled task; {@code cancel(boolean)} is
 * {@link #cancel(String)}. For people {@code toString} tells the task, and whether it waits, runs or how it ended.
 *
 * @param <R> what the task gives
 */
public interface TaskHandle<R extends @Nullable Object> extends Future<R> {

    /** Waits for the end, and gives the value or throws the outcome's exception. */
    R join() throws InterruptedException;

    /** Waits for the end, however it is. Never throws for what the task did. */
    Outcome<R> await() throws InterruptedException;

    /** As {@link #await()}, for at most this long; empty when the time is over. The task goes on. */
    Optional<Outcome<R>> await(Duration atMost) throws InterruptedException;

    /** The outcome if the task has ended. */
    Optional<Outcome<R>> poll();

    /**
     * Asks that the task should not go on: a waiting one is taken out of the queue, a running one is stopped (its worker
     * is killed where the pool can). Does not wait for that.
     *
     * @return whether the task will end as {@link Outcome.Cancelled}; false where it has ended, or its end is decided
     */
    boolean cancel(String reason);

    /**
     * Runs the action on a virtual thread of its own as soon as the task has ended, however it did; where it has, at
     * once. It may ask the handle, and may wait. Does not wait itself.
     */
    void whenEnded(Runnable action);

    /**
     * The task as a stage of other work: completes with the value, or with the outcome's exception, a
     * {@link TaskException}; {@link java.util.concurrent.CancellationException} for a cancelled task. Who completes it
     * before the task does, by {@code cancel}, {@code orTimeout} or {@code complete}, cancels the task. Its stages run on
     * a virtual thread, never on one of the pool. Each call makes a new one.
     */
    @CheckReturnValue
    default CompletableFuture<R> toCompletableFuture() {
        return HandleFuture.of(this);
    }

    /** As {@link #cancel(String)}, whatever the argument. */
    @Override
    default boolean cancel(boolean mayInterruptIfRunning) {
        return cancel("cancel was called");
    }

    @Override
    default R get() throws InterruptedException, ExecutionException {
        return HandleFuture.value(await());
    }

    @Override
    default R get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        var ended = await(Duration.ofNanos(unit.toNanos(timeout)));
        if (ended.isEmpty()) {
            throw new TimeoutException(this + " has not ended after " + timeout + " " + unit);
        }
        return HandleFuture.value(ended.get());
    }
}
