package io.forkloom;

import java.lang.System.Logger.Level;

/** Failures that nobody looked at, told to the log {@code io.forkloom}. */
final class Unseen {
    private Unseen() {}

    /** What completed, and what somebody has cancelled, is no failure. */
    static void report(Outcome<?> outcome) {
        if (!(outcome instanceof Outcome.Completed || outcome instanceof Outcome.Cancelled)) {
            var problem = outcome.toException();
            System.getLogger("io.forkloom")
                    .log(
                            Level.WARNING,
                            "nobody has looked at the outcome of task "
                                    + outcome.task().id() + ", "
                                    + outcome.getClass().getSimpleName() + ": " + problem.getMessage(),
                            problem);
        }
    }
}
