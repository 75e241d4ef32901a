package io.forkloom.cli.crawl.fetch;

/**
 * So many starts a second over all hosts, evenly spaced. Plain state: the time, in nanoseconds of any origin, is passed
 * in.
 */
final class RequestRate {
    private static final double SECOND = 1e9;
    /** What was missed may be caught up with at once: timers are coarse, and the rate would never be reached. */
    private static final long CATCH_UP = 50_000_000; // 50 ms

    private final long interval;
    private long next;

    /** @param perSecond 0 for no limit */
    RequestRate(double perSecond, long now) {
        interval = perSecond == 0 ? 0 : Math.max(1, Math.round(SECOND / perSecond));
        next = now;
    }

    /** Nanoseconds; 0 where a request may start now. */
    long opensIn(long now) {
        return Math.max(0, next - now);
    }

    void start(long now) {
        long due = next - now > -CATCH_UP ? next : now - CATCH_UP;
        next = due + interval;
    }
}
