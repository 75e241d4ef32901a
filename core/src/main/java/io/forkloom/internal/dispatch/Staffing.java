package io.forkloom.internal.dispatch;

import java.time.Duration;

/**
 * How many workers a pool has, and for how long.
 *
 * @param least that serve
 * @param most that serve
 * @param spares ready besides those that serve
 * @param idle how long a worker beyond the least may have nothing to do
 */
public record Staffing(int least, int most, int spares, Duration idle, Lifetime lifetime) {
    /**
     * When a worker is to be followed by a fresh one.
     *
     * @param tasks that it finishes; 0 for any number
     * @param bytes of memory that it holds after a task; 0 for any number
     */
    public record Lifetime(long tasks, long bytes) {
        public static final Lifetime UNLIMITED = new Lifetime(0, 0);

        boolean isLimited() {
            return tasks > 0 || bytes > 0;
        }
    }

    /** Always as many. */
    public static Staffing of(int workers) {
        return new Staffing(workers, workers, 0, Duration.ZERO, Lifetime.UNLIMITED);
    }

    /** Workers that there may be at once: a recycled one is succeeded by a spare, and where there is none, by one more. */
    public int slots() {
        return most + standby(lifetime.isLimited());
    }

    /** Workers that stand by while one is to be succeeded, or is not. */
    int standby(boolean succession) {
        return Math.max(spares, succession ? 1 : 0);
    }
}
