package io.forkloom.internal.transport;

import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.wire.Frame;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answers of a worker: at once where nothing is left to do, and many in one write where calls are waiting,
 * which takes a fraction of the time. What is held back stands in the {@link Outbox}, so that a crash does not cost it,
 * and not for long: the worker sends it before it waits, and when the oldest is 50 µs old; and where it is busy with a
 * long call, a thread of its own, the courier, does. For one thread, besides the courier.
 */
final class Answers implements Runnable {
    /** From the beginning of a task: so that of one that takes as long is sent at once. */
    private static final long LONGEST = 50_000; // 50 µs

    /** Twice that is what an answer waits behind a long call. */
    private static final long TICK = 1_000_000; // 1 ms

    /** Without any answer held back the courier sleeps until there is one. */
    private static final int QUIET_TICKS = 20;

    private final FrameWriter writer;
    private final Outbox outbox;
    private final int generation;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock, as is the outbox.
    private long since;
    private long sent;
    private @Nullable Thread courier;
    private boolean asleep;
    /** There was no thread to be had: then nothing is held back. */
    private boolean withoutCourier;

    Answers(FrameWriter writer, Outbox outbox, int generation) {
        this.writer = writer;
        this.outbox = outbox;
        this.generation = generation;
    }

    /**
     * Throws where the link is closed, and there is no room left for what cannot be sent.
     *
     * @param answer or something else that is sent as answers are
     * @param nanos for how long the worker was at it
     * @param more whether the worker has its next call already
     */
    void send(Frame answer, long nanos, boolean more) throws IOException {
        lock.lock();
        try {
            if (outbox.isEmpty()) {
                since = Ticks.now() - nanos;
            }
            if (!outbox.put(answer, generation)) {
                write();
                if (!outbox.isEmpty()) {
                    throw new IOException("the link is closed, and there is no more room for answers");
                }
                if (!outbox.put(answer, generation)) {
                    writer.enqueue(answer);
                    writer.flush();
                    return;
                }
            }
            if (!more || Ticks.now() - since >= LONGEST || !isCourierThere()) {
                write();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends what is held back. */
    @Override
    public void run() {
        lock.lock();
        try {
            write();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        if (!outbox.isEmpty()) {
            writer.write(outbox);
            sent++;
        }
    }

    private boolean isCourierThere() {
        if (courier == null && !withoutCourier) {
            try {
                courier = Daemons.deaf("forkloom-courier", this::deliver);
                courier.start();
            } catch (OutOfMemoryError e) {
                withoutCourier = true;
            }
        } else if (asleep) {
            asleep = false;
            LockSupport.unpark(courier);
        }
        return !withoutCourier;
    }

    /** The courier: sends what it finds for the second time. */
    private void deliver() {
        long before = -1;
        for (int quiet = 0; ; ) {
            LockSupport.parkNanos(this, TICK);
            lock.lock();
            try {
                if (sent != before || !outbox.isEmpty()) {
                    quiet = 0;
                } else if (++quiet >= QUIET_TICKS) {
                    asleep = true;
                }
                if (sent == before) {
                    write();
                }
                before = sent;
            } finally {
                lock.unlock();
            }
            awaitWork();
        }
    }

    private void awaitWork() {
        while (isAsleep()) {
            LockSupport.park(this);
        }
    }

    private boolean isAsleep() {
        lock.lock();
        try {
            return asleep;
        } finally {
            lock.unlock();
        }
    }
}
