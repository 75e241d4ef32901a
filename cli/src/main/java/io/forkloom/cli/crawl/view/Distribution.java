package io.forkloom.cli.crawl.view;

import java.util.ArrayList;
import java.util.List;

/**
 * How values of a {@link Histogram} lay at one moment. A value is known within a sixteenth of itself; count, mean and
 * most are exact.
 */
public final class Distribution {
    private final long[] counts;
    private final long count;
    private final long sum;
    private final long most;

    /** How many values lay from {@code low} up to below {@code high}. */
    public record Bar(long low, long high, long count) {}

    Distribution(long[] counts, long sum, long most) {
        this.counts = counts;
        long all = 0;
        for (long each : counts) {
            all += each;
        }
        this.count = all;
        this.sum = sum;
        this.most = most;
    }

    public long count() {
        return count;
    }

    public long sum() {
        return sum;
    }

    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /** The largest value; 0 where there is none. */
    public long most() {
        return most;
    }

    /** The value that this share of all values does not pass; 0 where there is none. */
    public long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(most, (Histogram.low(bucket) + Histogram.low(bucket + 1) - 1) / 2);
            }
        }
        return most;
    }

    /**
     * From the lowest value to the highest, the empty bars between them too.
     *
     * @param perDoubling how many bars there are from a value to its double: 1, 2, 4, 8 or 16
     */
    public List<Bar> bars(int perDoubling) {
        int width = Histogram.PER_DOUBLING / perDoubling;
        var bars = new ArrayList<Bar>();
        long pending = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            pending += counts[bucket];
            if ((bucket + 1) % width == 0) {
                if (pending > 0 || !bars.isEmpty()) {
                    bars.add(new Bar(Histogram.low(bucket + 1 - width), Histogram.low(bucket + 1), pending));
                }
                pending = 0;
            }
        }
        while (!bars.isEmpty() && bars.getLast().count() == 0) {
            bars.removeLast();
        }
        return bars;
    }
}
