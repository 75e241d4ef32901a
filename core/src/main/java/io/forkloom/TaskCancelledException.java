package io.forkloom;

/** The task was cancelled. */
public final class TaskCancelledException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskCancelledException(Outcome.Cancelled<?> outcome) {
        super(outcome.task() + " was cancelled: " + outcome.reason(), null, outcome);
    }
}
