package io.forkloom.internal.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The monotonic clock, in nanoseconds from an arbitrary origin. Compare by difference. */
public final class Ticks {
    /** 73 years: as good as for ever, and two of them still can be added. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private static final long FAR = 100L * 24 * 3600; // 100 days, in seconds

    private Ticks() {}

    public static long now() {
        return System.nanoTime();
    }

    /** The time of day, for comparing with the times of files. */
    public static long wallMillis() {
        return System.currentTimeMillis();
    }

    /** For waiting: durations too long for a clock are cut, and negative ones are none. */
    public static long of(Duration duration) {
        return Math.clamp(TimeUnit.NANOSECONDS.convert(duration), 0, LONGEST);
    }

    /** {@code 1.5 s}, {@code 200 ms}. */
    public static String words(Duration time) {
        if (time.toSeconds() >= FAR) {
            return time.toDays() + " days";
        }
        long millis = time.toMillis();
        if (millis == 0 && !time.isZero()) {
            return time.toNanos() / 1000 + " µs";
        }
        return millis % 1000 == 0 ? time.toSeconds() + " s" : millis < 1000 ? millis + " ms" : millis / 1000.0 + " s";
    }
}
