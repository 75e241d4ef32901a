package io.forkloom.internal.dispatch;

/**
 * How long a function takes, and so how many calls of it may be given to a worker beyond the one it runs. A call that
 * stands behind another waits for it, so only short ones may. Not thread-safe: guarded by the dispatcher's lock.
 */
public final class Pace {
    private static final int TRUSTED_AFTER = 16;
    private static final long TINY = 50_000; // 50 µs: less than a round trip on a busy machine
    private static final long SHORT = 1_000_000; // 1 ms

    private long runs;
    private double mean;

    void ran(long nanos) {
        runs++;
        mean += (nanos - mean) / Math.min(runs, TRUSTED_AFTER);
    }

    /** 0 leaves a worker idle for one round trip after each call. */
    int ahead() {
        if (runs < TRUSTED_AFTER || mean >= SHORT) {
            return 0;
        }
        return mean < TINY ? 15 : 1;
    }
}
