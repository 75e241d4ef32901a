package io.forkloom.cli.crawl.view;

import io.forkloom.cli.Console;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows on standard error how far a crawl is: in place on a terminal, else a line now and then. */
public final class Progress implements AutoCloseable {
    private static final Duration IN_PLACE = Duration.ofMillis(200);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

    private final Console console;
    private final Supplier<Snapshot> source;
    private final boolean roomy;
    private final Screen screen;
    private final Rate ended = new Rate();
    private final Rate fetched = new Rate();
    private final Rate parsed = new Rate();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Progress(Console console, Supplier<Snapshot> source, boolean roomy) {
        this.console = console;
        this.source = source;
        this.roomy = roomy;
        this.screen = new Screen(console);
        long now = System.nanoTime();
        ended.at(now, source.get().ended());
        fetched.at(now, 0);
        parsed.at(now, 0);
        // A platform thread: it goes on showing where virtual threads wait for a carrier.
        thread = Thread.ofPlatform().daemon().name("forkloom-progress").start(this::show);
    }

    /**
     * Begins to show; with the stages where a terminal has room for them.
     *
     * @param alone whether nothing else is printed to the terminal meanwhile; else it is one line
     */
    public static Progress open(Console console, boolean alone, Supplier<Snapshot> source) {
        return new Progress(console, source, alone && console.terminal() && Screen.isRoomy());
    }

    private void show() {
        var interval = console.terminal() ? IN_PLACE : NOW_AND_THEN;
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                Snapshot now = source.get();
                var rates = rates(now);
                if (console.terminal()) {
                    screen.draw(roomy ? now.lines(rates) : List.of(now.line(rates.ended())));
                } else {
                    console.err().println("forkloom: " + now.line(rates.ended()));
                    console.err().flush();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Snapshot.Rates rates(Snapshot now) {
        long nanos = System.nanoTime();
        return new Snapshot.Rates(
                ended.at(nanos, now.ended()),
                fetched.at(nanos, now.stages().fetched()),
                parsed.at(nanos, now.stages().parsed()));
    }

    /** Takes the lines away; the summary stands in their place. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (console.terminal()) {
            screen.clear();
        }
    }
}
