package io.forkloom;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What {@link TaskHandle#toCompletableFuture} promises. */
final class HandleFuture {
    private HandleFuture() {}

    static <R extends @Nullable Object> CompletableFuture<R> of(TaskHandle<R> handle) {
        var future = new CompletableFuture<R>();
        var _ = future.whenComplete((value, problem) -> {
            if (!handle.isDone()) {
                handle.cancel("its CompletableFuture was cancelled, or completed by somebody else");
            }
        });
        handle.whenEnded(() -> complete(future, handle));
        return future;
    }

    private static <R extends @Nullable Object> void complete(CompletableFuture<R> future, TaskHandle<R> handle) {
        try {
            switch (handle.poll().orElseThrow()) {
                case Outcome.Completed<R>(var value, var _) -> future.complete(value);
                case Outcome.Cancelled<R> cancelled -> future.completeExceptionally(cancellation(cancelled));
                case Outcome<R> other -> future.completeExceptionally(other.toException());
            }
        } catch (Throwable e) { // the value is decoded here, by code of its own class: somebody may wait for it
            future.completeExceptionally(e);
        }
    }

    /** As {@link java.util.concurrent.Future#get} gives it. */
    static <R extends @Nullable Object> R value(Outcome<R> ended) throws ExecutionException {
        return switch (ended) {
            case Outcome.Completed<R>(var value, var _) -> value;
            case Outcome.Cancelled<R> cancelled -> throw cancellation(cancelled);
            case Outcome<R> other -> throw new ExecutionException(other.toException());
        };
    }

    /** As a {@link java.util.concurrent.Future} tells it. */
    static CancellationException cancellation(Outcome.Cancelled<?> outcome) {
        var problem = outcome.toException();
        var cancellation = new CancellationException(problem.getMessage());
        cancellation.initCause(problem);
        return cancellation;
    }
}
