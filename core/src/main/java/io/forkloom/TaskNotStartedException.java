package io.forkloom;

/** No worker ever turned to the task; to submit it again is safe. */
public final class TaskNotStartedException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskNotStartedException(Outcome.NotStarted<?> outcome) {
        super(outcome.task() + " was not started: " + outcome.reason(), null, outcome);
    }
}
