package io.forkloom.cli.crawl.fetch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time that one exchange has. It stands still while we, and not the server, are the one who waits. Used by one
 * thread; the action runs on the timer's.
 */
final class Countdown implements Clock {
    private final ScheduledExecutorService timer;
    private final Runnable onEnd;
    private long leftNanos;
    private long startedAt;
    private @Nullable Future<?> running;
    private volatile boolean over;

    /** Stands still until {@link #go}. */
    Countdown(ScheduledExecutorService timer, Duration time, Runnable onEnd) {
        this.timer = timer;
        this.leftNanos = time.toNanos();
        this.onEnd = onEnd;
    }

    @Override
    public void go() {
        startedAt = System.nanoTime();
        running = timer.schedule(this::end, Math.max(0, leftNanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public void pause() {
        if (running != null) {
            running.cancel(false);
            running = null;
            leftNanos -= System.nanoTime() - startedAt;
        }
    }

    boolean isOver() {
        return over;
    }

    private void end() {
        over = true;
        onEnd.run();
    }
}
