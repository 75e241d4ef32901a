package io.forkloom.cli.crawl.fetch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The time that one exchange has. It stands still while we, and not the server, are the one who waits. A body that comes
 * too slowly ends it early: until the deadline a trickler would keep a place that others need.
 *
 * <p>Used by one thread; the action runs on the timer's.
 */
final class Countdown implements Clock {
    /** Slower than the slowest modem by far, and slower than a page that a database writes line by line. */
    static final Floor FLOOR = new Floor(1_000, Duration.ofSeconds(10));

    /** What of a body has to come at least within each such time. */
    record Floor(long bytes, Duration within) {}

    /** How it stands. */
    enum State {
        RUNNING,
        LATE,
        TRICKLED
    }

    private final ScheduledExecutorService timer;
    private final Floor floor;
    private final Runnable onEnd;
    private volatile State state = State.RUNNING;
    private final AtomicLong received = new AtomicLong();

    // Guarded by this.
    private long leftNanos;
    private long spentNanos;
    private boolean inBody;
    private long startedAt;
    private long windowAt;
    private long windowBytes;
    private int turn;
    private @Nullable Future<?> running;

    /** Stands still until {@link #go}. */
    Countdown(ScheduledExecutorService timer, Duration time, Floor floor, Runnable onEnd) {
        this.timer = timer;
        this.leftNanos = time.toNanos();
        this.floor = floor;
        this.onEnd = onEnd;
    }

    @Override
    public synchronized void go() {
        startedAt = System.nanoTime();
        window(startedAt);
        schedule(startedAt);
    }

    @Override
    public synchronized void pause() {
        if (running != null) {
            running.cancel(false);
            running = null;
            turn++;
            long passed = System.nanoTime() - startedAt;
            leftNanos -= passed;
            spentNanos += passed;
        }
    }

    /** From here on a body comes, or does not: the floor holds. */
    synchronized void body() {
        pause();
        inBody = true;
        go();
    }

    /** The body has ended, or another request follows. */
    synchronized void noBody() {
        pause();
        inBody = false;
    }

    /** Told by the thread that reads. */
    void received(int bytes) {
        received.addAndGet(bytes);
    }

    long received() {
        return received.get();
    }

    /** How long it ran, without its pauses. */
    synchronized Duration spent() {
        return Duration.ofNanos(spentNanos);
    }

    State state() {
        return state;
    }

    private void window(long now) {
        windowAt = now;
        windowBytes = received.get();
    }

    private void schedule(long now) {
        int mine = ++turn;
        long left = leftNanos - (now - startedAt);
        long next = inBody ? Math.min(left, floor.within.toNanos() - (now - windowAt)) : left;
        running = timer.schedule(() -> look(mine), Math.max(0, next), TimeUnit.NANOSECONDS);
    }

    private void look(int mine) {
        synchronized (this) {
            if (mine != turn) {
                // Paused or begun anew while this was on its way.
                return;
            }
            long now = System.nanoTime();
            if (now - startedAt >= leftNanos) {
                state = State.LATE;
            } else if (inBody && now - windowAt >= floor.within.toNanos()) {
                if (received.get() - windowBytes < floor.bytes) {
                    state = State.TRICKLED;
                } else {
                    window(now);
                }
            }
            if (state == State.RUNNING) {
                schedule(now);
                return;
            }
        }
        onEnd.run();
    }
}
