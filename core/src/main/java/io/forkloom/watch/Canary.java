package io.forkloom.watch;

import io.forkloom.internal.time.Ticks;
import java.util.concurrent.locks.LockSupport;

/**
 * A virtual thread that does nothing but say when it ran. It is parked between two questions, and costs one wake-up of a
 * carrier each. All methods but its own are for the watch's thread alone.
 */
final class Canary implements AutoCloseable {
    private final Thread thread;
    private volatile boolean asked;
    private volatile boolean closed;
    private volatile long answered;
    private long askedAt;

    Canary(String name) {
        thread = Thread.ofVirtual().name(name).unstarted(this::sing);
        thread.start();
    }

    private void sing() {
        while (!closed) {
            if (asked) {
                answered = Ticks.now();
                asked = false; // after the time: whoever sees the answer finds when it was
            }
            LockSupport.park();
            Thread.interrupted(); // no message to us, and it would make park return at once for ever
        }
    }

    /** Not while one is open. */
    void ask(long now) {
        askedAt = now;
        asked = true;
        LockSupport.unpark(thread);
    }

    /** Whether it has not answered yet. */
    boolean isAsked() {
        return asked;
    }

    long askedAt() {
        return askedAt;
    }

    /** When it answered the last question. */
    long answeredAt() {
        return answered;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
