package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskFunction;
import io.forkloom.TaskPool;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * E5, which model to use: two measurements answer it for most functions. How much of its time does a call compute, and how
 * long is it beside the way to a worker and back? {@code forkloom advise com.acme.Work::f} asks more, and of your functions.
 */
public final class WhichModel {
    private WhichModel() {}

    public static void main(String[] args) throws Exception {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
            double trip = median(15, () -> pool.call(WhichModel::nothing, 1));
            advise("waits 20 ms", WhichModel::waitFor, 20, trip);
            advise("counts primes to 400,000", WhichModel::primes, 400_000, trip);
            advise("adds one", WhichModel::addOne, 1, trip);
            show(pool);
        }
    }

    private static void advise(String name, TaskFunction<Integer, Integer> function, int argument, double trip)
            throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        double call = median(5, () -> function.apply(argument));
        double computing = 0; // the most of five: on a busy machine a thread also waits for a processor
        for (int i = 0; i < 5; i++) {
            long cpu = threads.getCurrentThreadCpuTime();
            long wall = System.nanoTime();
            var _ = function.apply(argument);
            double part = (double) (threads.getCurrentThreadCpuTime() - cpu) / (System.nanoTime() - wall);
            computing = Math.clamp(part, computing, 1); // both clocks are coarse
        }
        IO.println(name + ": " + model(call, computing, trip));
        IO.println("time: " + name + ": " + Math.round(call / 1e3) + " us, of which it computes "
                + Math.round(100 * computing) + " %; there and back " + Math.round(trip / 1e3) + " us");
    }

    private static String model(double call, double computing, double trip) {
        if (call < trip / 10) {
            return "a plain call, or many at a time (chunk)";
        }
        return computing < 0.1 ? "a virtual thread, as many as there is to wait for" : "a pool of processes";
    }

    /** And what speaks for processes whatever the numbers: a function that nobody trusts. */
    private static void show(TaskPool pool) throws InterruptedException {
        var outcome = pool.submit(WhichModel::halt, 3).await();
        IO.println("ends its JVM: " + outcome.getClass().getSimpleName() + ", so nowhere but in a pool of processes");
    }

    private static double median(int times, TaskCall call) throws Exception {
        var samples = new double[times];
        for (int i = 0; i < times; i++) {
            long from = System.nanoTime();
            var _ = call.run();
            samples[i] = System.nanoTime() - from;
        }
        Arrays.sort(samples);
        return samples[times / 2];
    }

    @FunctionalInterface
    private interface TaskCall {
        Integer run() throws Exception;
    }

    static int nothing(int number) {
        return number;
    }

    static int waitFor(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    static int primes(int below) {
        int count = 0;
        for (int number = 2; number < below; number++) {
            boolean prime = true;
            for (int divisor = 2; prime && divisor * divisor <= number; divisor++) {
                prime = number % divisor != 0;
            }
            count += prime ? 1 : 0;
        }
        return count;
    }

    static int addOne(int number) {
        return number + 1;
    }

    static int halt(int code) {
        Runtime.getRuntime().halt(code);
        return code;
    }
}
