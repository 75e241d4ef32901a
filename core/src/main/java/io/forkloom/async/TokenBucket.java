package io.forkloom.async;

import io.forkloom.internal.time.Ticks;

/**
 * The state of a rate limiter: time that has been saved up, of which each event spends its share. Without threads, and told
 * the time.
 */
final class TokenBucket {
    private Rate rate;
    private long share; // nanoseconds of one event
    private long saved; // nanoseconds, up to those of a burst
    private long savedAt;

    /** Full from the start. */
    TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.share = share(rate);
        this.saved = most();
        this.savedAt = now;
    }

    /** Whether it was time. */
    boolean take(long now) {
        save(now);
        if (saved < share) {
            return false;
        }
        saved -= share;
        return true;
    }

    /** In how many nanoseconds it will be time; 0 if it is. */
    long untilNext(long now) {
        save(now);
        return Math.max(0, share - saved);
    }

    /** What has been saved for stays, up to the new burst. */
    void change(Rate to, long now) {
        save(now);
        double events = (double) saved / share;
        rate = to;
        share = share(to);
        saved = Math.min(most(), (long) (events * share));
    }

    Rate rate() {
        return rate;
    }

    private void save(long now) {
        saved = Math.min(most(), saved + (now - savedAt));
        savedAt = now;
    }

    private long most() {
        return share * Math.min(rate.burst(), Long.MAX_VALUE / 4 / share);
    }

    /** Rounded up, so that it is never too fast. */
    private static long share(Rate rate) {
        return Math.ceilDiv(Ticks.of(rate.per()), rate.events());
    }
}
