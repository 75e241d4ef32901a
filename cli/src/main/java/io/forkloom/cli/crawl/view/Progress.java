package io.forkloom.cli.crawl.view;

import io.forkloom.cli.Console;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows on standard error how far a crawl is: one line in place on a terminal, else a line now and then. */
public final class Progress implements AutoCloseable {
    private static final Duration IN_PLACE = Duration.ofMillis(200);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

    private final Console console;
    private final Supplier<Snapshot> source;
    private final Runnable onClose;
    private final Rate rate = new Rate();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins to show.
     *
     * @param onClose ends what the source needs
     */
    public Progress(Console console, Supplier<Snapshot> source, Runnable onClose) {
        this.console = console;
        this.source = source;
        this.onClose = onClose;
        rate.at(System.nanoTime(), 0);
        // A platform thread: it goes on showing where virtual threads wait for a carrier.
        thread = Thread.ofPlatform().daemon().name("forkloom-progress").start(this::show);
    }

    private void show() {
        var interval = console.terminal() ? IN_PLACE : NOW_AND_THEN;
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                Snapshot now = source.get();
                String line = now.line(rate.at(System.nanoTime(), now.ended()));
                console.err().print(console.terminal() ? "\r" + line + "\u001b[K" : "forkloom: " + line + "\n");
                console.err().flush();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the line away; the summary stands in its place. */
    @Override
    public void close() {
        closed.countDown();
        onClose.run();
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (console.terminal()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }
}
