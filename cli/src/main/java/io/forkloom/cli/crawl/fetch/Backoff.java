package io.forkloom.cli.crawl.fetch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to leave a server alone before the next attempt. */
public final class Backoff {
    private static final long FIRST_MILLIS = 200;
    private static final long MOST_MILLIS = 10_000;

    private Backoff() {}

    /**
     * Doubles from attempt to attempt, give or take a half, so that those who failed together do not come back
     * together; at least what the server asked for, within a bound.
     */
    public static Duration before(int attempt, Duration askedFor) {
        long base = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(20, attempt - 2));
        long jittered = base / 2 + ThreadLocalRandom.current().nextLong(base);
        return Duration.ofMillis(Math.min(MOST_MILLIS, Math.max(jittered, askedFor.toMillis())));
    }
}
