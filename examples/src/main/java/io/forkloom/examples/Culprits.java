package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.event.Culprit;
import io.forkloom.event.WatchEvent;
import io.forkloom.watch.Watch;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Logger;

/** B2, blocking culprits: virtual threads that compute hold up all others; the function is named, and the others freed. */
public final class Culprits {
    /** Held, or what was configured is forgotten. */
    private static final Logger LOG = Logger.getLogger("io.forkloom");

    private static volatile boolean othersRan;

    private Culprits() {}

    public static void main(String[] args) throws InterruptedException {
        LOG.setUseParentHandlers(false); // the same is printed here
        var found = new LinkedBlockingQueue<Culprit>();
        var carriers = Runtime.getRuntime().availableProcessors();
        try (var watch = Watch.open(c -> c.rescue(1).listener(event -> {
                    if (event instanceof WatchEvent.Blocked(var culprit)) {
                        found.add(culprit);
                    }
                }));
                var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
            var all = new CountDownLatch(carriers);
            for (int i = 0; i < carriers; i++) {
                Thread.ofVirtual().start(() -> {
                    all.countDown();
                    scale();
                });
            }
            all.await();
            Thread.ofVirtual().start(() -> othersRan = true).join();
            IO.println("others run while it computes: " + othersRan);

            var culprit = found.take();
            IO.println(culprit.kind() + " " + culprit.function());
            IO.println("time: " + culprit.advice());
            IO.println("in a worker: " + pool.call(Culprits::sum, 100_000));
            IO.println("functions named: "
                    + watch.culprits().stream()
                            .map(Culprit::function)
                            .distinct()
                            .count());
        }
    }

    /** As long as nobody else gets on. */
    static double scale() {
        double sum = 0;
        while (!othersRan) {
            sum += Math.sqrt(sum + 1);
        }
        return sum;
    }

    static double sum(int values) {
        double sum = 0;
        for (int i = 0; i < values; i++) {
            sum += Math.sqrt(i);
        }
        return sum;
    }
}
