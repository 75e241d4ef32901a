package io.forkloom;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody has looked at yet. If its handle is dropped before anybody does, that is told once to the log
 * {@code io.forkloom}. Only handles of failed tasks are watched, so the others cost nothing.
 */
final class Unseen implements Runnable {
    private static final Cleaner CLEANER = Cleaner.create(); // its thread sleeps while no handle is dropped

    private final Supplier<? extends Outcome<?>> outcome;
    private volatile boolean seen;
    private Cleaner.@Nullable Cleanable watch;

    private Unseen(Supplier<? extends Outcome<?>> outcome) {
        this.outcome = outcome;
    }

    /**
     * Begins to watch a handle.
     *
     * @param outcome must not refer to the handle, or it never is dropped
     */
    static Unseen watch(Object handle, Supplier<? extends Outcome<?>> outcome) {
        var unseen = new Unseen(outcome);
        unseen.watch = CLEANER.register(handle, unseen);
        return unseen;
    }

    /** Somebody has looked at the outcome. */
    void seen() {
        seen = true;
        if (watch != null) {
            watch.clean();
        }
    }

    /** The handle is gone, or was looked at. */
    @Override
    public void run() {
        if (!seen) {
            report(outcome.get());
        }
    }

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
