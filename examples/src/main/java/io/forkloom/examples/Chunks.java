package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * C9, the price of a start and of a task: workers are started once and then reused, and what takes microseconds is sent
 * many at a time.
 */
public final class Chunks {
    private static final int ITEMS = 2_000;

    private Chunks() {}

    public static void main(String[] args) throws InterruptedException {
        long from = System.nanoTime();
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("128m"))) {
            IO.println("the first call gives " + pool.call(Chunks::collatz, 27));
            say("the first call, with the start of its worker", from, 1);
            from = System.nanoTime();
            IO.println("the second gives " + pool.call(Chunks::collatz, 97));
            say("the second", from, 1);

            for (int chunk : new int[] {1, 10, 200}) {
                long before = pool.stats().submitted();
                from = System.nanoTime();
                long steps = sum(pool, chunk);
                IO.println(ITEMS + " items in chunks of " + chunk + ": "
                        + (pool.stats().submitted() - before) + " tasks, " + steps + " steps, "
                        + pool.stats().started() + " workers");
                say("an item in chunks of " + chunk, from, ITEMS);
            }
        }
    }

    private static long sum(TaskPool pool, int chunk) {
        var numbers = IntStream.rangeClosed(1, ITEMS).boxed().toList();
        long sum = 0;
        for (int steps : pool.map(Chunks::collatz, numbers).chunk(chunk)) {
            sum += steps;
        }
        return sum;
    }

    /** In the worker, for a microsecond: how many steps it takes to come down to 1. */
    static int collatz(int start) {
        int steps = 0;
        for (long number = start; number != 1; steps++) {
            number = number % 2 == 0 ? number / 2 : 3 * number + 1;
        }
        return steps;
    }

    private static void say(String what, long from, int calls) {
        double micros = Duration.ofNanos(System.nanoTime() - from).toNanos() / 1e3 / calls;
        IO.println("time: " + what + ": " + Math.round(micros) + " us");
    }
}
