package io.forkloom.async;

import io.forkloom.internal.time.Ticks;

/** The state of a rate limiter: tokens that come at a rate, up to its burst. Without threads, and told the time. */
final class TokenBucket {
    private Rate rate;
    private double tokens;
    private long filledAt;

    /** Full from the start. */
    TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.filledAt = now;
    }

    /** Whether there was a token to take. */
    boolean take(long now) {
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** In how many nanoseconds there will be a token; 0 if there is one. */
    long untilNext(long now) {
        fill(now);
        return tokens >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - tokens) * nanosOfOne()));
    }

    /** What has come until now stays, up to the new burst. */
    void change(Rate to, long now) {
        fill(now);
        rate = to;
        tokens = Math.min(tokens, to.burst());
    }

    Rate rate() {
        return rate;
    }

    private void fill(long now) {
        tokens = Math.min(rate.burst(), tokens + (now - filledAt) / nanosOfOne());
        filledAt = now;
    }

    private double nanosOfOne() {
        return (double) Ticks.of(rate.per()) / rate.events();
    }
}
