package io.forkloom.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.TaskTimedOutException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** C3, a process pool: submit, several arguments, results as they complete, in order, and within a total time-out. */
public final class PoolTour {
    private PoolTour() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("128m"))) {
            IO.println("submit: wait for each when its value is needed");
            var handles = new ArrayList<TaskHandle<Long>>();
            for (int exponent : List.of(2, 3, 10)) {
                handles.add(pool.submit(PoolTour::power, 2, exponent));
            }
            for (var handle : handles) {
                IO.println("  " + handle.join());
            }

            IO.println("as completed: whichever ends first");
            for (String square : pool.map(PoolTour::square, List.of(1, 2, 3, 4)).asCompleted()) {
                IO.println("* " + square);
            }

            IO.println("map: in the order of the arguments, 100 at a time, 30 s for all of it");
            var numbers = IntStream.rangeClosed(1, 1_000).boxed().toList();
            var squares = pool.map(PoolTour::square, numbers)
                    .chunk(100)
                    .within(ofSeconds(30))
                    .toList();
            IO.println("  " + squares.getFirst() + ", ..., " + squares.getLast());

            IO.println("map: a total time-out that is too short");
            try {
                var _ = pool.map(PoolTour::sleep, List.of(60_000, 60_000))
                        .within(ofMillis(300))
                        .toList();
            } catch (TaskTimedOutException e) {
                IO.println("  " + e.outcome().task().label() + " was stopped");
            }

            IO.println("and the workers that were stopped have been replaced: " + pool.call(PoolTour::power, 3, 4));
        }
    }

    static long power(int base, int exponent) {
        return Math.powExact((long) base, exponent);
    }

    static String square(int number) {
        return number + " squared is " + number * number;
    }

    static int sleep(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }
}
