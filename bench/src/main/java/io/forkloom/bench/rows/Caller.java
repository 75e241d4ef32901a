package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Measurement.Session;
import io.forkloom.bench.Samples;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What several rows do: callers on a virtual thread, as programs of users have them. */
final class Caller {
    /** The work of one go. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private Caller() {}

    static void noop(ProcessPool pool) throws InterruptedException {
        Object nothing = pool.<@Nullable Object>call(() -> null);
        check(nothing == null, "a no-op gave something");
    }

    /** Runs the body on a virtual thread and waits for it. */
    static <T> T onVirtualThread(Callable<T> body) throws Exception {
        var task = new FutureTask<>(body);
        Thread.ofVirtual().start(task);
        return task.get();
    }

    /** Each step timed, with so much sleep before it. */
    static Samples time(int count, long gapMillis, Step step) throws Exception {
        return onVirtualThread(() -> {
            var samples = new Samples(count);
            for (int i = 0; i < count; i++) {
                if (gapMillis > 0) {
                    Thread.sleep(gapMillis);
                }
                long start = System.nanoTime();
                step.run();
                samples.add(System.nanoTime() - start);
            }
            return samples;
        });
    }

    /** How many of them a second, where the step does so many. */
    static double rate(int count, Step step) throws Exception {
        return onVirtualThread(() -> {
            long start = System.nanoTime();
            step.run();
            return count * 1e9 / (System.nanoTime() - start);
        });
    }

    /** Median microseconds of one of count steps, of so many batches; one that does them all is the argument. */
    static double each(int batches, int count, Step batch) throws Exception {
        return time(batches, 0, batch).percentile(50) / count;
    }

    /** With so many goes before any that counts. */
    static Session warm(int goes, Session work) throws Exception {
        for (int i = 0; i < goes; i++) {
            var _ = work.measure();
        }
        return work;
    }

    /** A benchmark whose results are wrong measures nothing. */
    static void check(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
