package io.forkloom;

/** The task ran longer than its deadline and was stopped. */
public final class TaskTimedOutException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskTimedOutException(Outcome.TimedOut<?> outcome) {
        super(
                outcome.task() + Messages.where(outcome.task()) + " ran longer than its deadline of "
                        + Messages.words(outcome.deadline()) + " and was stopped",
                null,
                outcome);
    }
}
