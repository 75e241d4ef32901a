package io.forkloom.internal.thread;

/** Waiting for threads whatever happens. */
public final class Joins {
    private Joins() {}

    /** Waits until it has ended; an interrupt that comes meanwhile stays set. */
    public static void untilEnded(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
