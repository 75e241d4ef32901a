package io.forkloom.internal.time;

import java.time.Duration;

/** Pauses between attempts: each twice as long as the one before, up to a longest. */
public record Backoff(Duration first, Duration longest) {
    public static final Duration LONGEST = Duration.ofSeconds(30);
    public static final Backoff NONE = new Backoff(Duration.ZERO, LONGEST);

    public Backoff {
        for (var pause : new Duration[] {first, longest}) {
            if (pause.isNegative()) {
                throw new IllegalArgumentException("a pause of " + pause + " is negative");
            }
        }
    }

    public static Backoff from(Duration first) {
        return new Backoff(first, LONGEST);
    }

    /** How long to wait after this many attempts. */
    public Duration after(int attempts) {
        var pause = first;
        // At most 62 doublings of a second reach any cap; without a bound a long row of attempts would overflow.
        for (int i = 1; i < attempts && pause.compareTo(longest) < 0 && !pause.isZero(); i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
