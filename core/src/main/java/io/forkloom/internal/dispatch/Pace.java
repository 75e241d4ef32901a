package io.forkloom.internal.dispatch;

/**
 * How long a function takes, and so how many calls of it may be given to a worker beyond the one it runs. A call that
 * stands behind another waits for it, so only short ones may. Not thread-safe: guarded by the dispatcher's lock.
 */
public final class Pace {
    private static final int TRUSTED_AFTER = 16;
    private static final long TINY = 50_000; // 50 µs: less than a round trip on a busy machine
    private static final long SHORT = 1_000_000; // 1 ms

    /** So much work of tiny calls is given ahead: several round trips, so that many calls cross in one write. */
    private static final double AHEAD = 750_000; // 750 µs

    private static final int MOST_AHEAD = 255;

    private long runs;
    private double mean;

    void ran(long nanos) {
        runs++;
        mean += (nanos - mean) / Math.min(runs, TRUSTED_AFTER);
    }

    /** In nanoseconds. */
    double mean() {
        return mean;
    }

    /** 0 leaves a worker idle for one round trip after each call. */
    int ahead() {
        if (runs < TRUSTED_AFTER || mean >= SHORT) {
            return 0;
        }
        return mean < TINY ? (int) Math.min(MOST_AHEAD, AHEAD / mean) : 1;
    }
}
