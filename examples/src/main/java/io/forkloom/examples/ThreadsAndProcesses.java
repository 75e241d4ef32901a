package io.forkloom.examples;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import io.forkloom.WorkerOutput;
import java.time.Duration;
import java.util.List;

/** C5, threads and processes at the same work: the same calls, another pool. What differs is what a task can break. */
public final class ThreadsAndProcesses {
    /** One for each JVM. */
    private static int calls;

    private ThreadsAndProcesses() {}

    public static void main(String[] args) throws InterruptedException {
        try (var threads = ThreadPool.open(c -> c.workers(2))) {
            work("threads", threads);
            IO.println("  the tasks have counted in this JVM: " + (calls > 0));
            IO.println("  a task that ends its JVM would end this program");
        }
        calls = 0;
        try (var processes = ProcessPool.open(c -> c.workers(2).heap("128m").output(WorkerOutput.DISCARD))) {
            work("processes", processes);
            IO.println("  the tasks have counted in this JVM: " + (calls > 0));
            var outcome = processes.submit(ThreadsAndProcesses::endTheJvm).await();
            IO.println("  a task that ends its JVM: " + (outcome instanceof Outcome.Crashed ? "Crashed" : outcome));
            IO.println("  and the pool goes on: " + processes.call(ThreadsAndProcesses::primes, 100));
        }
    }

    private static void work(String name, TaskPool pool) {
        long from = System.nanoTime();
        IO.println(name + ": "
                + pool.map(ThreadsAndProcesses::primes, List.of(10_000, 20_000, 30_000, 40_000))
                        .toList());
        IO.println("time: " + Duration.ofNanos(System.nanoTime() - from).toMillis() + " ms by " + name);
    }

    static int primes(int below) {
        calls++;
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

    static boolean endTheJvm() {
        System.exit(3);
        return true;
    }
}
