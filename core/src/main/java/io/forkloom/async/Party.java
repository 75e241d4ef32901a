package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Ticks;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits to be served: at one place, or at the first of several. It is served once, whoever comes at the same
 * moment: who wants to serve it must {@link #claim} it first, and it must {@link #withdraw} before it goes unserved.
 */
final class Party {
    /** Looks, each after a yield, before the thread is parked: together about as long as to park and to be woken. */
    private static final int LOOKS = 4;

    private static final Place NOWHERE = new Place(new Party());

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<@Nullable Place> served = new AtomicReference<>();

    /** Among others those who are about to serve the caller: much cheaper than to be parked, where it is so. */
    @SuppressWarnings("ThreadPriorityCheck") // it is only a guess, and whoever makes it goes on to wait
    static void letOthersGo() {
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        } else {
            Thread.onSpinWait(); // a yield could go to any process of the machine, and last
        }
    }

    /** Its name, or what it is called by where it has none, as most virtual threads. */
    static String name(Thread thread) {
        return thread.getName().isEmpty() ? "thread " + thread.threadId() : thread.getName();
    }

    /** Whether it was still waiting; from now on it is served at this place. Then {@link #wake} it. */
    boolean claim(Place place) {
        return served.compareAndSet(null, place);
    }

    /** Whether it was still waiting; from now on nobody can serve it. */
    private boolean withdraw() {
        return served.compareAndSet(null, NOWHERE);
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    boolean isWaiting() {
        return served.get() == null;
    }

    /** Whether it was served here. */
    boolean isServedAt(Place place) {
        return place.equals(served.get());
    }

    /**
     * Waits until it is served.
     *
     * @param blocker says in words what the thread waits for, to whoever asks what blocks it
     * @throws InterruptedException as every wait of ours; then it was not served, and will not be
     */
    void await(Object blocker) throws InterruptedException {
        await(blocker, null);
    }

    /** As {@link #await}, until this time of {@link Ticks}; false if that came first, and it will not be served. */
    boolean awaitUntil(long deadline, Object blocker) throws InterruptedException {
        return await(blocker, deadline);
    }

    private boolean await(Object blocker, @Nullable Long deadline) throws InterruptedException {
        for (int look = 0; look < LOOKS && served.get() == null; look++) {
            letOthersGo();
        }
        while (served.get() == null) {
            long left = deadline == null ? Long.MAX_VALUE : deadline - Ticks.now();
            if (Thread.currentThread().isInterrupted()) {
                // Where it was served meanwhile, the interrupt stays, for what comes next.
                if (withdraw()) {
                    Thread.interrupted();
                    throw Scopes.interruption();
                }
            } else if (left <= 0) {
                if (withdraw()) {
                    return false;
                }
            } else if (deadline == null) {
                LockSupport.park(blocker);
            } else {
                LockSupport.parkNanos(blocker, left);
            }
        }
        return true;
    }
}
