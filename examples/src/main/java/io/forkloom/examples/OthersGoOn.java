package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.async.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A3, computing must not freeze other clients: 20 clients ask for 100 ms of computing each, while another asks for next to
 * nothing, again and again. {@code forkloom bench front} measures it with 100 clients, and against aiohttp.
 */
public final class OthersGoOn {
    private static final int CLIENTS = 20;

    private OthersGoOn() {}

    /** Where a request is computed. */
    @FunctionalInterface
    private interface Place {
        double compute(long nanos) throws InterruptedException;
    }

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.heap("128m"))) {
            compare(pool);
        }
    }

    private static void compare(TaskPool pool) throws InterruptedException {
        pool.call(OthersGoOn::compute, 1L); // the workers are there
        var inline = probe(OthersGoOn::compute);
        var elsewhere = probe(nanos -> pool.call(OthersGoOn::compute, nanos));
        IO.println("time: slowest probe " + inline.toMillis() + " ms where the handlers compute themselves, "
                + elsewhere.toMillis() + " ms where the pool does");
        IO.println("others were served sooner by the pool: " + (elsewhere.compareTo(inline) < 0));
    }

    /** The longest time that a probe took, while all clients are served. */
    private static Duration probe(Place place) throws InterruptedException {
        try (var group = TaskGroup.open("front")) {
            var open = new CountDownLatch(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                group.forkAction(() -> {
                    place.compute(100_000_000);
                    open.countDown();
                });
            }
            List<Duration> probes = Collections.synchronizedList(new ArrayList<>());
            while (open.getCount() > 0) {
                long from = System.nanoTime();
                // A request of its own, which computes nothing.
                var probe = Thread.ofVirtual().start(() -> probes.add(Duration.ofNanos(System.nanoTime() - from)));
                probe.join();
                Thread.sleep(5);
            }
            group.join();
            return Collections.max(probes);
        }
    }

    /** Takes that long, on whatever core. */
    static double compute(long nanos) {
        double sum = 0;
        for (long from = System.nanoTime(); System.nanoTime() - from < nanos; ) {
            sum += Math.sqrt(sum + 1);
        }
        return sum;
    }
}
