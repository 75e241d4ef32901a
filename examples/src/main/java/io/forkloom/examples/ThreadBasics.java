package io.forkloom.examples;

import io.forkloom.ThreadPool;
import io.forkloom.async.Async;
import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * C1, threads: a race and three cures, a queue between threads, a pool of threads. Where the JDK has what is needed, a lock, an
 * atomic number, it is used as it is.
 */
public final class ThreadBasics {
    private static final int THREADS = 4;
    private static final int TIMES = 100_000;

    private static int unguarded;
    private static int guarded;

    private ThreadBasics() {}

    public static void main(String[] args) throws InterruptedException {
        fourTimes(() -> unguarded++);
        IO.println("time: unguarded, " + unguarded + " of " + THREADS * TIMES);
        IO.println("unguarded there is never more than was added: " + (unguarded <= THREADS * TIMES));

        var lock = new ReentrantLock();
        fourTimes(() -> {
            lock.lock();
            try {
                guarded++;
            } finally {
                lock.unlock();
            }
        });
        IO.println("with a lock: " + guarded);

        var atomic = new AtomicInteger();
        fourTimes(atomic::incrementAndGet);
        IO.println("atomic: " + atomic);

        try (var group = TaskGroup.open()) {
            var queue = Channel.<Integer>bounded(10);
            group.forkAction("producer", () -> {
                try (queue) {
                    for (int i = 1; i <= 100; i++) {
                        queue.send(i);
                    }
                }
            });
            var sum = group.fork("consumer", () -> {
                int total = 0;
                for (int number : queue) {
                    total += number;
                }
                return total;
            });
            group.join();
            IO.println("through a queue: " + sum.value());
        }

        try (var pool = ThreadPool.open(c -> c.workers(THREADS))) {
            var squares = pool.map(
                    number -> number * number, IntStream.range(0, 10).boxed().toList());
            int sum = 0;
            for (int square : squares) {
                sum += square;
            }
            IO.println("in a pool of threads: " + sum);
        }
    }

    private static void fourTimes(Runnable step) throws InterruptedException {
        Callable<Integer> many = () -> {
            for (int i = 0; i < TIMES; i++) {
                step.run();
            }
            return TIMES;
        };
        List<Integer> _ = Async.gather(Collections.nCopies(THREADS, many));
    }
}
