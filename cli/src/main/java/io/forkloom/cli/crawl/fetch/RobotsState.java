package io.forkloom.cli.crawl.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one robots.txt (RFC 9309, 2.3 and 2.4). Plain state: the time, in nanoseconds of any origin, is
 * passed in.
 */
final class RobotsState {
    static final Duration BELIEVED = Duration.ofHours(24);
    /** A server that fails for so long has none. */
    static final Duration GIVEN_UP = Duration.ofDays(30);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final long MILLI = 1_000_000;

    private @Nullable RobotRules rules;
    private long readAt;
    private @Nullable FetchException failure;
    private long failingSince;
    private long nextTry;
    private Duration pause = FIRST_PAUSE;

    /** Whether it has to be fetched, for the first time or again. */
    boolean isDue(long now) {
        if (failure != null) {
            return now - nextTry >= 0;
        }
        return rules == null || now - readAt >= BELIEVED.toNanos();
    }

    void read(RobotRules found, long now) {
        rules = found;
        readAt = now;
        failure = null;
        pause = FIRST_PAUSE;
    }

    /** Tried again after a pause that doubles, as long as the server asks for at least. */
    void failed(FetchException why, long now) {
        if (failure == null) {
            failingSince = now;
        }
        failure = why;
        var wait = shorter(LONGEST_PAUSE, why.retryAfter().compareTo(pause) > 0 ? why.retryAfter() : pause);
        nextTry = now + wait.toNanos();
        pause = shorter(LONGEST_PAUSE, pause.multipliedBy(2));
    }

    /** What holds: what was read last, however long ago, or nothing allowed, or everything after a long time. */
    RobotRules rules(long now) throws FetchException {
        if (rules != null) {
            return rules;
        }
        if (failure != null && now - failingSince < GIVEN_UP.toNanos()) {
            // Rounded up: who comes back a moment too early is told the same again.
            long wait = Math.ceilDiv(Math.max(0, nextTry - now), MILLI);
            throw failure.with(String.valueOf(failure.getMessage()), Duration.ofMillis(wait));
        }
        return RobotRules.ALLOW_ALL;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
