package io.forkloom.cli.crawl.view;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values in buckets that grow with them: {@link #PER_DOUBLING} from a value to its double, exact below that
 * number. 8 KiB, whatever is counted. Any thread may add.
 */
final class Histogram {
    static final int PER_DOUBLING = 16;
    private static final int BITS = 4;
    /** That of Long.MAX_VALUE is the last. */
    private static final int BUCKETS = (63 - BITS + 1) * PER_DOUBLING;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator most = new LongAccumulator(Math::max, 0);

    /** A negative value, which only a clock that was set back can give, counts as 0. */
    void add(long value) {
        long counted = Math.max(0, value);
        counts.incrementAndGet(bucket(counted));
        sum.add(counted);
        most.accumulate(counted);
    }

    Distribution snapshot() {
        var copy = new long[BUCKETS];
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            copy[bucket] = counts.get(bucket);
        }
        return new Distribution(copy, sum.sum(), most.get());
    }

    static int bucket(long value) {
        if (value < PER_DOUBLING) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
        return (shift + 1) * PER_DOUBLING + (int) (value >>> shift) - PER_DOUBLING;
    }

    /** The least value of a bucket. */
    static long low(int bucket) {
        if (bucket < PER_DOUBLING) {
            return bucket;
        }
        if (bucket >= BUCKETS) {
            return Long.MAX_VALUE;
        }
        int shift = bucket / PER_DOUBLING - 1;
        return (long) (PER_DOUBLING + bucket % PER_DOUBLING) << shift;
    }
}
