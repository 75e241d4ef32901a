package io.forkloom;

/** The task's worker died while the task ran; the message says how. */
public final class TaskCrashedException extends TaskException {
    private static final long serialVersionUID = 1;

    TaskCrashedException(Outcome.Crashed<?> outcome) {
        super(
                outcome.task() + " crashed its worker: " + outcome.exit() + Messages.earlier(outcome.task())
                        + outcome.report(),
                null,
                outcome);
    }
}
