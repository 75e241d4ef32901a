package io.forkloom;

import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended. Every accepted task ends as exactly one of these seven; exceptions are derived from them.
 *
 * @param <R> what the task gives
 */
public sealed interface Outcome<R extends @Nullable Object> {

    TaskInfo task();

    /** The value, or the outcome's exception. */
    default R orThrow() {
        if (this instanceof Completed<R>(var value, var _)) {
            return value;
        }
        throw toException();
    }

    /** What {@code call} and {@code join} throw for this outcome; for a completed task an error of the caller. */
    default TaskException toException() {
        return switch (this) {
            case Completed<R> done -> throw new IllegalStateException(done.task() + " completed: it has no exception");
            case Failed<R> failed -> new TaskFailedException(failed);
            case TimedOut<R> late -> new TaskTimedOutException(late);
            case OutOfMemory<R> full -> new TaskOutOfMemoryException(full);
            case Crashed<R> crashed -> new TaskCrashedException(crashed);
            case Cancelled<R> cancelled -> new TaskCancelledException(cancelled);
            case NotStarted<R> never -> new TaskNotStartedException(never);
        };
    }

    /** It returned a value. */
    record Completed<R extends @Nullable Object>(R value, TaskInfo task) implements Outcome<R> {}

    /**
     * It threw, or its arguments or result could not cross the border.
     *
     * @param cause what it threw, with its original type where this JVM has the class, else a
     *     {@link RemoteException} that keeps name, message and frames
     */
    record Failed<R extends @Nullable Object>(Throwable cause, TaskInfo task) implements Outcome<R> {}

    /**
     * It was stopped because a time was over.
     *
     * @param deadline which: its own deadline, or the time-out of its map
     * @param reason the same in words
     * @param report what its worker did when it was stopped; {@link CrashReport#NONE} where it was not
     * @param cause what it threw when it was interrupted at its soft limit
     */
    record TimedOut<R extends @Nullable Object>(
            Duration deadline, String reason, CrashReport report, Optional<Throwable> cause, TaskInfo task)
            implements Outcome<R> {}

    /** Its worker ran out of memory while it ran, and ended. */
    record OutOfMemory<R extends @Nullable Object>(MemoryKind kind, WorkerExit exit, CrashReport report, TaskInfo task)
            implements Outcome<R> {}

    /** Its worker died while it ran. */
    record Crashed<R extends @Nullable Object>(WorkerExit exit, CrashReport report, TaskInfo task)
            implements Outcome<R> {}

    /** Somebody asked for its end before it came: a caller, a group, or the pool's close. */
    record Cancelled<R extends @Nullable Object>(String reason, TaskInfo task) implements Outcome<R> {}

    /** No worker ever turned to it; to submit it again is safe. */
    record NotStarted<R extends @Nullable Object>(String reason, TaskInfo task) implements Outcome<R> {}
}
