package io.forkloom.examples;

import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import java.util.concurrent.CountDownLatch;

/** A6, a bounded queue between producer and consumer: the producer waits when it is full, so memory stays flat. */
public final class BoundedQueue {
    private BoundedQueue() {}

    public static void main(String[] args) throws InterruptedException {
        var queue = Channel.<Integer>bounded(10);
        var full = new CountDownLatch(1);
        try (var group = TaskGroup.open()) {
            group.forkAction("producer", () -> produce(100, queue, full));
            var consumed = group.fork("consumer", () -> consume(queue, full));
            group.join();
            IO.println("consumed all, in order: " + consumed.value());
        }
    }

    private static void produce(int items, Channel<Integer> queue, CountDownLatch full) throws InterruptedException {
        try (queue) { // the end of the producer is the end of the queue
            for (int item = 1; item <= items; item++) {
                if (!queue.trySend(item)) {
                    if (full.getCount() > 0) {
                        IO.println(
                                "item " + item + " finds the queue full of " + queue.size() + ": its producer waits");
                        full.countDown();
                    }
                    queue.send(item);
                }
            }
        }
    }

    /** Begins late, so that the queue fills up; from then on whoever is slower sets the pace. */
    private static String consume(Channel<Integer> queue, CountDownLatch full) throws InterruptedException {
        full.await();
        int expected = 1;
        int most = 0;
        for (int item : queue) {
            if (item != expected++) {
                throw new IllegalStateException("item " + item + " came out of order");
            }
            most = Math.max(most, queue.size());
            Thread.sleep(1);
        }
        return (expected - 1) + " items, never more than 10 waiting: " + (most <= 10);
    }
}
