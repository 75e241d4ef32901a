package io.forkloom;

/** The task threw; the cause is what it threw, with the worker's frames. */
public final class TaskFailedException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskFailedException(Outcome.Failed<?> outcome) {
        super(
                outcome.task() + Messages.where(outcome.task()) + " failed: " + outcome.cause(),
                outcome.cause(),
                outcome);
    }
}
