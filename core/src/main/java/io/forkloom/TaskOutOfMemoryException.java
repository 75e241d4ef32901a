package io.forkloom;

/** The task's worker ran out of memory. */
public final class TaskOutOfMemoryException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskOutOfMemoryException(Outcome.OutOfMemory<?> outcome) {
        super(
                outcome.task() + " ran out of memory (" + outcome.kind() + "): " + outcome.exit()
                        + Messages.earlier(outcome.task()) + outcome.report(),
                null,
                outcome);
    }
}
