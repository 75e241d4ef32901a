package io.forkloom.cli.advise;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import io.forkloom.TaskHandle;
import io.forkloom.TaskPool;
import io.forkloom.WorkerOutput;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The same call through a pool of processes, as the user's program would do it; in a worker, with a worker of its own. */
final class Crossing {
    /** After so many the median does not change any more. */
    private static final int MOST_SAMPLES = 2_000;

    /**
     * What it costs to cross; times are nanoseconds of one call.
     *
     * @param argument bytes of the arguments when serialised; -1 where they cannot be
     * @param result bytes of the result; -1 where it cannot be serialised, or never came to it
     * @param fault what cannot be serialised, and why; empty where all can
     * @param call the round trip with the computing
     * @param trip the round trip alone: the same argument and result, nothing computed
     */
    record Cost(long argument, long result, String fault, double call, double trip) implements Serializable {
        static Cost of(long argument, String fault) {
            return new Cost(argument, -1, fault, 0, 0);
        }
    }

    /** What the worker of the inner pool calls. */
    private record Prepared(Call call, Function function) {}

    private static @Nullable Prepared prepared;
    private static @Nullable Object lastResult;

    private Crossing() {}

    static Cost measure(Call call, String heap, long budget) throws Exception {
        var function = call.resolve();
        var values = call.values(function);
        long argument = 0;
        for (var value : values) {
            argument += size(value);
        }
        try (var pool = ProcessPool.open(c -> c.name("advise-inner")
                .workers(1)
                .heap(heap)
                .allowNested()
                .output(WorkerOutput.DISCARD)
                .initializer(() -> prepared = new Prepared(call, call.resolve())))) {
            var first = submit(pool, values, true).await();
            if (first instanceof Outcome.Failed<?>(var cause, var _) && cause instanceof SerialisationException fault) {
                return Cost.of(argument, words(fault, call));
            }
            long result = size(first.orThrow());
            double whole = median(pool, values, true, budget / 2);
            return new Cost(argument, result, "", whole, median(pool, values, false, budget / 2));
        } catch (SerialisationException fault) { // at once: an argument
            return Cost.of(-1, words(fault, call));
        }
    }

    private static double median(TaskPool pool, Object[] values, boolean compute, long budget) throws Exception {
        var samples = new double[MOST_SAMPLES];
        int count = 0;
        long from = System.nanoTime();
        do {
            long begin = System.nanoTime();
            var _ = submit(pool, values, compute).join();
            samples[count++] = System.nanoTime() - begin;
        } while (count < MOST_SAMPLES && System.nanoTime() - from < budget);
        var warm = Arrays.copyOfRange(samples, count / 2, count); // the first half has warmed up
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    private static TaskHandle<?> submit(TaskPool pool, Object[] values, boolean compute) throws InterruptedException {
        return switch (values.length) {
            case 0 -> compute ? pool.submit(() -> call()) : pool.submit(() -> again());
            case 1 -> compute ? pool.submit(Crossing::call, values[0]) : pool.submit(Crossing::again, values[0]);
            default ->
                compute
                        ? pool.submit(Crossing::call, values[0], values[1])
                        : pool.submit(Crossing::again, values[0], values[1]);
        };
    }

    // In the worker of the inner pool.

    private static @Nullable Object call() throws Exception {
        return compute();
    }

    private static @Nullable Object call(Object argument) throws Exception {
        return compute(argument);
    }

    private static @Nullable Object call(Object first, Object second) throws Exception {
        return compute(first, second);
    }

    private static @Nullable Object compute(Object... values) throws Exception {
        lastResult = Objects.requireNonNull(prepared).function().call(values);
        return lastResult;
    }

    private static @Nullable Object again() {
        return lastResult;
    }

    private static @Nullable Object again(Object argument) {
        return lastResult;
    }

    private static @Nullable Object again(Object first, Object second) {
        return lastResult;
    }

    /** The pool speaks of the function that it was given, and the user of another. */
    private static String words(SerialisationException fault, Call call) {
        return String.valueOf(fault.getMessage())
                .replace(Crossing.class.getSimpleName() + "::call", call.label())
                .replace("a lambda in " + Crossing.class.getSimpleName() + ".submit", call.label());
    }

    private static long size(@Nullable Object value) {
        var counter = new Counter();
        try (var out = new ObjectOutputStream(counter)) {
            out.writeObject(value);
            out.flush();
            return counter.bytes;
        } catch (IOException | RuntimeException notSerialisable) {
            return -1;
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes += length;
        }
    }
}
