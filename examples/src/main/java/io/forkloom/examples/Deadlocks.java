package io.forkloom.examples;

import static io.forkloom.TaskOptions.NONE;
import static java.time.Duration.ofMillis;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import io.forkloom.async.Channel;
import io.forkloom.async.GroupFailedException;
import io.forkloom.async.TaskGroup;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** C16, deadlocks: four that are well known. Three cannot happen here, or end; the fourth is found and named. */
public final class Deadlocks {
    private Deadlocks() {}

    public static void main(String[] args) throws InterruptedException {
        resultsThatNobodyReads();
        queueThatNobodyReads();
        taskThatWaitsForItsOwnPool();
        locksInTwoOrders();
    }

    /** In Python a process that is joined before its queue was read hangs: the pipe is full. */
    private static void resultsThatNobodyReads() throws InterruptedException {
        var pool = ProcessPool.open(c -> c.workers(2).heap("128m"));
        var unread = new ArrayList<TaskHandle<byte[]>>();
        try (pool) {
            for (int i = 0; i < 20; i++) {
                unread.add(pool.submit(() -> new byte[1_000_000]));
            }
        }
        IO.println("results of a megabyte that nobody has read, and the pool is closed: "
                + pool.stats().completed());
        IO.println("they can still be read: " + unread.getLast().join().length);
    }

    private static void queueThatNobodyReads() throws InterruptedException {
        var queue = Channel.<Integer>bounded(10);
        try (var group = TaskGroup.open()) {
            group.forkAction("producer", () -> {
                for (int i = 0; ; i++) {
                    queue.send(i); // waits while it is full, but not for ever: the group interrupts it
                }
            });
            group.forkAction("consumer", () -> {
                throw new IllegalStateException("the consumer has read " + queue.receive() + " and gives up");
            });
            group.join();
        } catch (GroupFailedException e) {
            IO.println("the producer does not wait for a consumer that is gone: " + e.getCause());
        }
    }

    /** One worker, and its task waits for another task of the same pool. A limit on waiting ends it. */
    private static void taskThatWaitsForItsOwnPool() throws InterruptedException {
        try (var pool = ThreadPool.open(c -> c.workers(1))) {
            IO.println("a task of its own pool: " + pool.call(() -> outcomeOfInner(pool)));
        }
    }

    private static String outcomeOfInner(TaskPool pool) throws InterruptedException {
        var inner = pool.with(NONE.withWaitLimit(ofMillis(100))).submit(() -> "inner");
        return switch (inner.await()) {
            case Outcome.NotStarted<String>(var reason, var _) -> "not started, " + reason;
            case Outcome<String> other -> "did not expect " + other;
        };
    }

    /** Nothing can prevent it; the JDK finds it, for threads. */
    private static void locksInTwoOrders() throws InterruptedException {
        var a = new ReentrantLock();
        var b = new ReentrantLock();
        var bothHoldOne = new CountDownLatch(2);
        var threads = List.of(
                Thread.ofPlatform().name("first a, then b").start(() -> lock(a, b, bothHoldOne)),
                Thread.ofPlatform().name("first b, then a").start(() -> lock(b, a, bothHoldOne)));
        var inspector = ManagementFactory.getThreadMXBean();
        long[] ids;
        do {
            Thread.sleep(10);
            ids = inspector.findDeadlockedThreads();
        } while (ids == null);
        Arrays.stream(inspector.getThreadInfo(ids))
                .sorted(Comparator.comparing(info -> info.getThreadName()))
                .forEach(info -> IO.println("deadlock: \"" + info.getThreadName() + "\" waits for a "
                        + info.getLockInfo().getClassName() + " held by \"" + info.getLockOwnerName() + "\""));
        threads.getFirst().interrupt();
        for (var thread : threads) {
            thread.join();
        }
        IO.println("one of them was interrupted, and both have ended");
    }

    private static void lock(ReentrantLock one, ReentrantLock other, CountDownLatch bothHoldOne) {
        one.lock();
        try {
            bothHoldOne.countDown();
            bothHoldOne.await();
            other.lockInterruptibly(); // lock() could not be ended but with its JVM, which a pool of processes does
            other.unlock();
        } catch (InterruptedException e) {
            // Gives way: the lock that it holds is freed.
        } finally {
            one.unlock();
        }
    }
}
