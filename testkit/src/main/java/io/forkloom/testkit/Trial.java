package io.forkloom.testkit;

import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Something that a test does on another, virtual thread, which is expected to wait. */
final class Trial {
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();
    private final Thread thread;

    Trial(Callable<?> action) {
        thread = Thread.startVirtualThread(() -> {
            try {
                action.call();
                end.complete(null);
            } catch (Throwable e) { // the test asks for it
                end.complete(e);
            }
        });
    }

    Thread thread() {
        return thread;
    }

    boolean isOver() {
        return end.isDone();
    }

    /** Waits until the thread waits; for what it waits nobody can tell from outside. */
    void awaitParked() throws InterruptedException {
        var waiting = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        while (!waiting.contains(thread.getState()) && !isOver()) {
            LockSupport.parkNanos(1_000_000); // a thread has no event for it
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Waits for the end; null where nothing was thrown. */
    @Nullable
    Throwable thrown() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is only ever completed
        }
    }
}
