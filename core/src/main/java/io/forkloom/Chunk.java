package io.forkloom;

import io.forkloom.internal.codec.Thrown;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Several arguments of a map as one task: each has an outcome of its own, unless the worker dies. */
final class Chunk {
    private Chunk() {}

    /** In the worker: the value of each, or what it threw as a {@link Thrown}. */
    static @Nullable Object[] apply(
            TaskFunction<@Nullable Object, @Nullable Object> function, @Nullable Object[] arguments)
            throws InterruptedException {
        var results = new @Nullable Object[arguments.length];
        var context = TaskContext.find();
        for (int i = 0; i < arguments.length; i++) {
            try {
                results[i] = function.apply(arguments[i]);
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) { // whatever a task throws is its outcome
                stopWhereAsked(context, e);
                results[i] = new Thrown(e);
            }
            stopWhereAsked(context, null);
        }
        return results;
    }

    /** The soft limit is that of the whole chunk, and so is the end that it brings. */
    private static void stopWhereAsked(Optional<TaskContext> context, @Nullable Throwable thrown)
            throws InterruptedException {
        if (context.isPresent() && context.get().isCancelled()) {
            var stop = new InterruptedException("the soft limit of a chunk has passed");
            stop.initCause(thrown);
            throw stop;
        }
    }

    static boolean isFailure(@Nullable Object result) {
        return result instanceof Thrown;
    }

    static boolean hasFailure(@Nullable Object[] results) {
        for (Object each : results) {
            if (isFailure(each)) {
                return true;
            }
        }
        return false;
    }

    /** At the caller. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what the function gave; null where R allows it
    static <R extends @Nullable Object> Outcome<R> outcome(@Nullable Object result, TaskInfo task, Border<?> border) {
        return result instanceof Thrown thrown
                ? new Outcome.Failed<>(border.failure(thrown.payload()), task)
                : new Outcome.Completed<>((R) result, task);
    }
}
