package io.forkloom.internal.time;

import java.util.concurrent.locks.LockSupport;

/**
 * Does what must be done although this program's heap is full: again and again, within a bound, until somebody has let go
 * of some. A step must be made before it is needed, and must bear to be done twice.
 */
public final class Endurance {
    private static final long LONGEST = 10_000_000_000L; // 10 s
    private static final long PAUSE = 20_000_000; // 20 ms

    /** With something to work on, so that nothing need be made for it. */
    @FunctionalInterface
    public interface Step<A, B> {
        void take(A first, B second);
    }

    private Endurance() {}

    /** Throws what the step throws, but not that the heap is full before its time. */
    public static void run(Runnable step) {
        long from = Ticks.now();
        while (true) {
            try {
                step.run();
                return;
            } catch (OutOfMemoryError e) {
                if (!isWorthAWait(e, from)) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #run}; what it throws is reported like what nobody catches, and keeps the caller from nothing. */
    public static <A, B> void runOrReport(Step<A, B> step, A first, B second) {
        long from = Ticks.now();
        while (true) {
            try {
                step.take(first, second);
                return;
            } catch (OutOfMemoryError e) {
                if (!isWorthAWait(e, from)) {
                    report(e);
                    return;
                }
            } catch (RuntimeException | Error e) {
                report(e);
                return;
            }
        }
    }

    /**
     * Waits for a moment, where the heap is full and there is still time. An interrupt makes it impatient, and nothing
     * worse. That there was no room for a thread has the same type, and is for others to bear.
     */
    private static boolean isWorthAWait(OutOfMemoryError e, long from) {
        String message = e.getMessage();
        if (message != null && message.contains("native thread")) {
            return false;
        }
        LockSupport.parkNanos(PAUSE);
        return Ticks.now() - from < LONGEST;
    }

    private static void report(Throwable problem) {
        try {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, problem);
        } catch (RuntimeException | Error e) {
            // Whoever takes such reports has no memory either, or a bug of its own.
        }
    }
}
