package io.forkloom.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The monotonic clock, in nanoseconds from an arbitrary origin. Compare by difference. */
public final class Ticks {
    /** 73 years: as good as for ever, and two of them still can be added. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private Ticks() {}

    public static long now() {
        return System.nanoTime();
    }

    /** The time of day, for comparing with the times of files. */
    public static long wallMillis() {
        return System.currentTimeMillis();
    }

    /** For waiting: durations too long for a clock are cut. */
    public static long of(Duration duration) {
        return Math.min(LONGEST, TimeUnit.NANOSECONDS.convert(duration));
    }

    /** {@code 1.5 s}, {@code 200 ms}. */
    public static String words(Duration time) {
        return time.toMillis() % 1000 == 0
                ? time.toSeconds() + " s"
                : time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toMillis() / 1000.0 + " s";
    }
}
