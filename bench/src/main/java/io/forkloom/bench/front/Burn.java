package io.forkloom.bench.front;

import io.forkloom.bench.Samples;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Computes for a fixed time of a processor, by the kernel's account of the thread: a number of terms would be another
 * time whenever the machine is slower.
 */
final class Burn {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Between two looks at the clock; about 20 us. */
    private static final int TERMS = 1_000;

    private Burn() {}

    /** On a platform thread: a virtual one has no account. */
    static double millis(int millis) {
        long end = THREADS.getCurrentThreadCpuTime() + millis * 1_000_000L;
        double total = 0;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            total += terms(TERMS);
        }
        return total;
    }

    /** So many times 1,000 terms. */
    static double blocks(long count) {
        double total = 0;
        for (long i = 0; i < count; i++) {
            total += terms(TERMS);
        }
        return total;
    }

    /** How many blocks a platform thread does in this time of a processor, when the compiler has done its work. */
    static long blocksIn(int millis) {
        var counts = new double[5];
        for (int i = 0; i < counts.length; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            long count = 0;
            double total = 0;
            while (THREADS.getCurrentThreadCpuTime() - start < millis * 1_000_000L) {
                total += terms(TERMS);
                count++;
            }
            counts[i] = total > 0 ? count : 0;
        }
        return (long) Samples.median(counts);
    }

    private static double terms(int count) {
        double total = 0;
        for (int k = 1; k <= count; k++) {
            total += Math.sqrt(k) * Math.log(k);
        }
        return total;
    }
}
