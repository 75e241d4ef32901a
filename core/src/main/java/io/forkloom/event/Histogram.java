package io.forkloom.event;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long something took, over and over: an immutable snapshot of a {@link Recorder}. Count, minimum, maximum and mean
 * are exact, percentiles to about 6 %.
 *
 * <p>Durations are counted in buckets whose width grows with them: eight to each power of two.
 *
 * <pre>
 *  ns      0 1 2 ... 7 | 8 9 ... 15 | 16 18 ... 30 | 32 36 ... 60 | 64 ...
 *  bucket  0 1 2 ... 7 | 8 9 ... 15 | 16 17 ... 23 | 24 25 ... 31 | 32 ...
 * </pre>
 */
public final class Histogram {
    /** Of nothing. */
    public static final Histogram EMPTY = new Recorder().snapshot();

    private static final int SUB_BITS = 3;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final long count;
    private final long min;
    private final long max;
    private final double sum;
    /** The number of the first bucket in {@link #buckets}: those before it are empty. */
    private final int first;

    private final long[] buckets;

    private Histogram(Recorder of) {
        count = of.count;
        min = of.count == 0 ? 0 : of.min;
        max = of.max;
        sum = of.sum;
        first = bucket(min);
        buckets = count == 0 ? new long[0] : Arrays.copyOfRange(of.buckets, first, bucket(max) + 1);
    }

    /** Counts durations. Not thread-safe; some nanoseconds for each. */
    public static final class Recorder {
        private final long[] buckets = new long[bucket(Long.MAX_VALUE) + 1]; // 4 KB
        private long count;
        private long min = Long.MAX_VALUE;
        private long max;
        private double sum;

        /** Less than nothing counts as nothing. */
        public void record(long nanos) {
            long value = Math.max(0, nanos);
            buckets[bucket(value)]++;
            count++;
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
        }

        public Histogram snapshot() {
            return new Histogram(this);
        }
    }

    /** How many were counted. */
    public long count() {
        return count;
    }

    /** The shortest; zero where none was counted, as the next three. */
    public Duration min() {
        return Duration.ofNanos(min);
    }

    public Duration max() {
        return Duration.ofNanos(max);
    }

    public Duration mean() {
        return Duration.ofNanos(count == 0 ? 0 : Math.round(sum / count));
    }

    /**
     * So many of a hundred took no longer: {@code percentile(99)}.
     *
     * @param percent between 0 and 100
     */
    public Duration percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percentile(" + percent + ") must be between 0 and 100");
        }
        long wanted = Math.max(1, (long) Math.ceil(count * (percent / 100)));
        long passed = 0;
        for (int i = 0; i < buckets.length; i++) {
            passed += buckets[i];
            if (passed >= wanted) {
                return Duration.ofNanos(wanted == count ? max : Math.clamp(middle(first + i), min, max));
            }
        }
        return max();
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(nanos));
        return shift * SUB_BUCKETS + (int) (nanos >>> shift);
    }

    private static long middle(int bucket) {
        int shift = Math.max(0, bucket / SUB_BUCKETS - 1);
        return ((long) (bucket - shift * SUB_BUCKETS) << shift) + ((1L << shift) >>> 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram that
                && count == that.count
                && min == that.min
                && max == that.max
                && sum == that.sum
                && Arrays.equals(buckets, that.buckets);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(sum) * 31 + Long.hashCode(count);
    }

    /** {@code 1200 of 0.3 to 52 ms, median 1.2, 99 % 8.1}. */
    @Override
    public String toString() {
        return count == 0
                ? "none"
                : count + " of " + millis(min()) + " to " + millis(max()) + " ms, median " + millis(percentile(50))
                        + ", 99 % " + millis(percentile(99));
    }

    private static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        return millis >= 10 ? Long.toString(Math.round(millis)) : Double.toString(Math.round(millis * 1000) / 1000.0);
    }
}
