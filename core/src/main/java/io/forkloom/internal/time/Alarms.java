package io.forkloom.internal.time;

import io.forkloom.internal.thread.Daemons;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls back at a time, on one platform thread: on virtual threads alarms would starve together with the program that
 * they watch. The thread exists from the start, so that it cannot be missing when it is needed, and sleeps while no
 * alarm is due.
 */
public final class Alarms implements AutoCloseable {
    private static final Endurance.Step<Runnable, Alarms> RING = (action, _) -> action.run();

    private final ScheduledThreadPoolExecutor executor;

    public Alarms(String name) {
        executor = new ScheduledThreadPoolExecutor(1, Daemons.named(name).factory());
        executor.prestartCoreThread();
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Whether alarms still ring. */
    public boolean isOpen() {
        return !executor.isShutdown();
    }

    /**
     * Never waits. The action must be short, and may be done twice where there was no memory for it; what it throws is
     * reported. After close it does nothing.
     */
    public Alarm after(long nanos, Runnable action) {
        if (executor.isShutdown()) {
            return () -> {};
        }
        try {
            var future =
                    executor.schedule(() -> Endurance.runOrReport(RING, action, this), nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (java.util.concurrent.RejectedExecutionException e) {
            return () -> {}; // closed just now
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** An alarm that was set; {@code cancel} is harmless when it has rung. */
    @FunctionalInterface
    public interface Alarm {
        void cancel();
    }
}
