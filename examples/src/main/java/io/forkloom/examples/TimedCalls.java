package io.forkloom.examples;

import io.forkloom.Outcome.Completed;
import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import java.util.ArrayList;
import java.util.TreeSet;

/**
 * A12, value, duration and worker: an outcome has all three, and the function knows nothing of it. Four tasks add up
 * 10,000,000 terms each of Leibniz's series for pi, on two workers.
 */
public final class TimedCalls {
    private static final int TERMS = 10_000_000;

    private TimedCalls() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("128m"))) {
            var handles = new ArrayList<TaskHandle<Double>>();
            for (int part = 0; part < 4; part++) {
                handles.add(pool.submit(TimedCalls::sum, part * TERMS));
            }
            double sum = 0;
            var slots = new TreeSet<Integer>();
            for (var handle : handles) {
                if (handle.await() instanceof Completed<Double>(var value, var task)) {
                    var worker = task.worker().orElseThrow();
                    IO.println("task " + task.id() + " gives " + value);
                    IO.println("time: task " + task.id() + " ran "
                            + task.timing().running().toMillis() + " ms in worker " + worker + ", after it had waited "
                            + task.timing().waiting().toMillis() + " ms");
                    sum += value;
                    slots.add(worker.slot());
                }
            }
            IO.println("pi is about " + sum);
            IO.println("more than two workers: " + (slots.size() > 2));
        }
    }

    /** In the worker: the terms from this one on. */
    static double sum(int from) {
        double sum = 0;
        for (int i = from; i < from + TERMS; i++) {
            sum += (i % 2 == 0 ? 4.0 : -4.0) / (2.0 * i + 1);
        }
        return sum;
    }
}
