package io.forkloom.bench;

import java.util.Arrays;

/** Durations in nanoseconds, kept one by one, so that percentiles are exact. */
public final class Samples {
    private final long[] nanos;
    private int count;

    public Samples(int most) {
        nanos = new long[most];
    }

    public void add(long duration) {
        nanos[count++] = duration;
    }

    /** In microseconds. As the peers count it: the sample behind this share of all, in their order. */
    public double percentile(double percent) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (count * percent / 100))] / 1e3;
    }

    /** Of values of any kind; the mean of the middle two where their number is even. */
    public static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
