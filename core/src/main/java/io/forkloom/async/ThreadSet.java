package io.forkloom.async;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The threads of a group. To wait for them is to wait until the threads themselves are gone, and not only their bodies:
 * that is why an ended thread stays in until a wait or a sweep takes it out, and does not leave by itself.
 */
final class ThreadSet {
    private static final int SWEEP_FROM = 64; // threads

    // Both guarded by this.
    private final Set<Thread> threads = new LinkedHashSet<>();
    private int sweepAt = SWEEP_FROM;

    /** Of those that have ended it keeps at most as many as were running at the last sweep, or a few. */
    synchronized void add(Thread thread) {
        if (threads.size() >= sweepAt) {
            threads.removeIf(candidate -> !candidate.isAlive());
            sweepAt = Math.max(SWEEP_FROM, 2 * threads.size());
        }
        threads.add(thread);
    }

    synchronized boolean contains(Thread thread) {
        return threads.contains(thread);
    }

    synchronized List<Thread> list() {
        return List.copyOf(threads);
    }

    /** Waits until all have ended, those included that are added meanwhile. */
    void join() throws InterruptedException {
        for (var batch = list(); !batch.isEmpty(); batch = list()) {
            for (var thread : batch) {
                thread.join();
            }
            remove(batch);
        }
    }

    /** As {@link #join}, whatever happens; an interrupt stays set. */
    void joinUninterruptibly() {
        var interrupted = false;
        while (true) {
            try {
                join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void remove(List<Thread> ended) {
        ended.forEach(threads::remove);
    }
}
