package io.forkloom.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: the action is called, and the JVM waits, within a bound, until this
 * is closed. The JVM then ends with 130 or 143 by itself.
 */
public final class Signals implements AutoCloseable {
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean received;

    /** @param action asks the work to end; must not wait for it */
    public Signals(Runnable action, Duration patience) {
        hook = new Thread(() -> end(action, patience), "forkloom-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public boolean received() {
        return received;
    }

    private void end(Runnable action, Duration patience) {
        received = true;
        action.run();
        try {
            if (!cleanedUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("forkloom: gave up waiting for an orderly end");
            }
        } catch (InterruptedException secondSignal) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is running; it has what it waited for.
        }
    }
}
