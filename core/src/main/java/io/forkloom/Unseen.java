package io.forkloom;

import io.forkloom.internal.time.Ticks;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A failure that nobody has looked at yet. If its handle is dropped before anybody does, that is told once to the log
 * {@code io.forkloom}. Only handles of failed tasks are watched, so the others cost nothing.
 */
final class Unseen implements Runnable {
    private static final Cleaner CLEANER = Cleaner.create(); // its thread sleeps while no handle is dropped

    private static final Measure MEASURE = new Measure();

    private final Supplier<? extends Outcome<?>> outcome;
    private volatile boolean seen;
    private Cleaner.@Nullable Cleanable watch;

    /** A log is for people: at most so many are told in a second, and how many were not. A plain object, told the time. */
    static final class Measure {
        static final int MOST = 10;
        private static final long WINDOW = 1_000_000_000; // 1 s
        private boolean begun;
        private long from;
        private int told;
        private long untold;

        /** Empty where it must not be told; else how many were not told before it. */
        synchronized OptionalLong admit(long now) {
            if (!begun || now - from >= WINDOW) {
                begun = true;
                from = now;
                told = 0;
            }
            if (told == MOST) {
                untold++;
                return OptionalLong.empty();
            }
            told++;
            long before = untold;
            untold = 0;
            return OptionalLong.of(before);
        }
    }

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
            report(outcome);
        }
    }

    /** What completed, and what somebody has cancelled, is no failure. */
    static void report(Outcome<?> outcome) {
        if (!(outcome instanceof Outcome.Completed || outcome instanceof Outcome.Cancelled)) {
            report(() -> outcome);
        }
    }

    private static void report(Supplier<? extends Outcome<?>> failure) {
        var before = MEASURE.admit(Ticks.now());
        if (before.isEmpty()) {
            return;
        }
        var outcome = failure.get();
        var problem = outcome.toException();
        String more =
                before.getAsLong() == 0 ? "" : before.getAsLong() + " such failures came too fast to be told; then: ";
        System.getLogger("io.forkloom")
                .log(
                        Level.WARNING,
                        more + "nobody has looked at the outcome of task "
                                + outcome.task().id() + ", "
                                + outcome.getClass().getSimpleName() + ": " + problem.getMessage(),
                        problem);
    }
}
