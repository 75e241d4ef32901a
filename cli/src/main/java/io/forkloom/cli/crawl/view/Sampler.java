package io.forkloom.cli.crawl.view;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells a {@link Meter} once a second how things stand, until it is closed. */
public final class Sampler implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** @param gauges is asked on a thread of its own, and must not wait */
    public Sampler(Meter meter, Supplier<Gauges> gauges) {
        // A platform thread: it goes on where virtual threads wait for a carrier.
        thread = Thread.ofPlatform().daemon().name("forkloom-sampler").start(() -> sample(meter, gauges));
    }

    private void sample(Meter meter, Supplier<Gauges> gauges) {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                meter.sample(gauges.get());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** After that the gauges are not asked any more. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(INTERVAL);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
