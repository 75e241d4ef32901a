package io.forkloom;

/** The task was stopped because its deadline had passed, or the time-out of its map. */
public final class TaskTimedOutException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskTimedOutException(Outcome.TimedOut<?> outcome) {
        super(
                outcome.task() + Messages.where(outcome.task()) + " timed out: " + outcome.reason() + outcome.report(),
                outcome.cause().orElse(null),
                outcome);
    }
}
