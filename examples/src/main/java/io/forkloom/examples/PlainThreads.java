package io.forkloom.examples;

import io.forkloom.ThreadPool;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * C14, CPU parallelism with plain threads: no lock that only one thread can hold, so two threads compute twice as much.
 * They share the array: nothing is copied, however large it is.
 */
public final class PlainThreads {
    private static final int PARTS = 8;

    private PlainThreads() {}

    public static void main(String[] args) throws InterruptedException {
        double[] numbers = IntStream.range(0, 4_000_000).mapToDouble(i -> i).toArray();
        double alone = sum(1, numbers);
        double together = sum(Runtime.getRuntime().availableProcessors(), numbers);
        IO.println("the same sum by one thread and by all: " + (alone == together));
        IO.println(Math.round(alone));
    }

    private static double sum(int workers, double[] numbers) throws InterruptedException {
        try (var pool = ThreadPool.open(c -> c.workers(workers))) {
            long from = System.nanoTime();
            double sum = 0;
            for (double part : pool.map(
                    part -> sumOfRoots(numbers, part),
                    IntStream.range(0, PARTS).boxed().toList())) {
                sum += part;
            }
            IO.println("time: " + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms by " + workers
                    + " threads");
            return sum;
        }
    }

    private static double sumOfRoots(double[] numbers, int part) {
        int length = numbers.length / PARTS;
        double sum = 0;
        for (int i = part * length; i < (part + 1) * length; i++) {
            sum += Math.sqrt(numbers[i]);
        }
        return sum;
    }
}
