package io.forkloom;

import org.jspecify.annotations.Nullable;

/** A task did not give a value; the message says which task, how it ended and why. {@link #outcome} has the details. */
public abstract sealed class TaskException extends RuntimeException
        permits TaskFailedException,
                TaskTimedOutException,
                TaskOutOfMemoryException,
                TaskCrashedException,
                TaskCancelledException,
                TaskNotStartedException {
    private static final long serialVersionUID = 1;

    // Outcomes hold values of any class: they stay in the JVM in which they arose.
    private final transient @Nullable Outcome<?> outcome;

    TaskException(String message, @Nullable Throwable cause, Outcome<?> outcome) {
        super(message, cause);
        this.outcome = outcome;
    }

    /** The outcome that this exception was made from. */
    public Outcome<?> outcome() {
        if (outcome == null) {
            throw new IllegalStateException("this exception was deserialised: its outcome stayed where it arose");
        }
        return outcome;
    }
}
