package io.forkloom.cli.advise;

import com.sun.management.ThreadMXBean;
import io.forkloom.TaskContext;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls a function again and again. In a worker: it may end the JVM at its thousandth call. */
final class Bench {
    /** One reading of the clock costs some 30 ns; a batch of this length makes that nothing. */
    private static final double BATCH = 200e3; // 0.2 ms

    private static final int MOST_SAMPLES = 20_000;

    /** What a call gave: seen by the compiler as used, so that it leaves nothing out. */
    @SuppressWarnings("UnusedVariable") // that is its use
    private static volatile @Nullable Object result;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Function function;
    private final Object[] values;
    private final Optional<TaskContext> context = TaskContext.find();
    /** With the warm-up: how far it had come, should a call end the JVM. */
    private long ever;

    private long calls;
    private long allocated;

    Bench(Call call) throws Exception {
        function = call.resolve();
        values = call.values(function);
    }

    /** Takes about so long in all: half of it warms up. At least one call of each. */
    Pace run(double first, long budget) throws Exception {
        long from = System.nanoTime();
        int batch = 1;
        while (System.nanoTime() - from < budget / 2) {
            double took = sample(batch) * batch;
            if (took < BATCH) {
                batch *= 2;
            }
        }
        var samples = new double[MOST_SAMPLES];
        int count = 0;
        calls = 0;
        allocated = 0;
        var before = Clocks.now();
        do {
            samples[count++] = sample(batch);
        } while (count < MOST_SAMPLES && System.nanoTime() - from < budget);
        var spent = Clocks.now().minus(before);
        var sorted = Arrays.copyOf(samples, count);
        Arrays.sort(sorted);
        return new Pace(
                first,
                part(sorted, 0.5),
                part(sorted, 0.1),
                part(sorted, 0.9),
                calls,
                spent.computing(),
                spent.elsewhere(),
                allocated / calls);
    }

    /** Nanoseconds of one call, as the mean of so many. */
    private double sample(int batch) throws Exception {
        var fresh = Function.fresh(values);
        long before = threads.getCurrentThreadAllocatedBytes();
        long from = System.nanoTime();
        for (int i = 0; i < batch; i++) {
            result = function.call(fresh);
        }
        double took = (double) (System.nanoTime() - from) / batch;
        allocated += threads.getCurrentThreadAllocatedBytes() - before;
        calls += batch;
        ever += batch;
        context.ifPresent(task -> task.progress(ever, 0));
        return took;
    }

    private static double part(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
