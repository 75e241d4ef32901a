package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lock that says who holds it, where that was taken, and who waits; and that finds a deadlock before it happens.
 *
 * <pre>{@code
 * var accounts = NamedLock.of("accounts");
 * ...
 * try (var held = accounts.lock()) {
 *     ...
 * }
 * }</pre>
 *
 * <p><b>Order.</b> When two of these locks are taken in one order and, ever, in the other, the second time is reported as a
 * warning of the {@link System.Logger} {@code io.forkloom}, with the four places in the program: once
 * for two locks, whether or not anybody has waited, and also where the circle goes by way of further locks. It is not
 * thrown, because it need not be a mistake: a third lock around both may keep the two apart.
 *
 * <p><b>Deadlock.</b> When to wait would be to wait for ever, because the owner waits for what the caller holds,
 * {@link #lock} throws a {@link DeadlockException}, which names all threads, and where they took and take what; the
 * caller gives back what it holds, and the others go on. So it is for a thread that takes a lock that it has: this lock
 * is not reentrant.
 *
 * <p><b>Waiting.</b> {@code lock} waits, in turn; nothing else does. The blocker of who waits is this lock in words:
 * {@code for lock accounts (held by transfer/3, taken at com.acme.Bank.move(Bank.java:31); 1 waits: transfer/4)}.
 *
 * <p><b>Threads.</b> The one that has taken it gives it back. To take one costs some microseconds, for the place in the
 * program; where nobody will ask, {@link java.util.concurrent.locks.ReentrantLock} is enough.
 */
public final class NamedLock {
    private final String name;
    private final AtomicReference<@Nullable Held> owner = new AtomicReference<>();
    private volatile boolean awaited;

    // Guarded by LockOrder.GRAPH.
    private final Places<Waiting> line = new Places<>();

    private NamedLock(String name) {
        this.name = name;
    }

    public static NamedLock of(String name) {
        return new NamedLock(name);
    }

    /**
     * Waits until nobody holds it.
     *
     * @throws DeadlockException if that would never be
     */
    public Held lock() throws InterruptedException {
        Scopes.check();
        var mine = Holdings.ofThread();
        var held = new Held(this, mine, LockOrder.caller());
        LockOrder.check(held);
        try {
            if (awaited || !owner.compareAndSet(null, held)) {
                await(held);
            }
            mine.held.add(held);
        } finally {
            mine.forgetIfEmpty();
        }
        return held;
    }

    /** Never waits; empty if somebody holds it, or waits for it. */
    public Optional<Held> tryLock() {
        var mine = Holdings.ofThread();
        var held = new Held(this, mine, LockOrder.caller());
        if (awaited || !owner.compareAndSet(null, held)) {
            mine.forgetIfEmpty();
            return Optional.empty();
        }
        mine.held.add(held);
        return Optional.of(held);
    }

    public String name() {
        return name;
    }

    /** The thread that holds it at the moment. */
    public Optional<Thread> owner() {
        return Optional.ofNullable(owner.get()).map(held -> held.mine.thread);
    }

    /** Who waits for it, in turn. */
    public List<Thread> waiters() {
        var threads = new ArrayList<Thread>();
        synchronized (LockOrder.GRAPH) {
            line.forEach(waiting -> threads.add(waiting.held.mine.thread));
        }
        return threads;
    }

    /** {@code lock accounts (held by transfer/3, taken at com.acme.Bank.move(Bank.java:31); 1 waits: transfer/4)}. */
    @Override
    public String toString() {
        var held = owner.get();
        var waiters = waiters().stream().map(Party::name).toList();
        return "lock " + name + " ("
                + (held == null ? "free" : "held by " + Party.name(held.mine.thread) + ", taken at " + held.place())
                + (waiters.isEmpty()
                        ? ")"
                        : "; " + waiters.size() + (waiters.size() == 1 ? " waits: " : " wait: ")
                                + String.join(", ", waiters) + ")");
    }

    private void await(Held held) throws InterruptedException {
        var waiting = new Waiting(new Party(), held);
        synchronized (LockOrder.GRAPH) {
            line.add(waiting);
            awaited = true;
            serve(); // it may have been given back just now
            held.mine.awaited = waiting;
            var circle = LockOrder.circle(waiting);
            if (circle != null) {
                leave(waiting);
                throw new DeadlockException(circle);
            }
        }
        try {
            waiting.party.await(waiting);
        } finally {
            synchronized (LockOrder.GRAPH) {
                leave(waiting);
            }
        }
    }

    private void leave(Waiting waiting) {
        line.remove(waiting);
        awaited = !line.isEmpty();
        waiting.held.mine.awaited = null;
    }

    /** Gives it to the next, if it is free. */
    private void serve() {
        while (owner.get() == null) {
            var next = line.first();
            if (next == null || !owner.compareAndSet(null, next.held)) {
                break; // where somebody was faster, the release of that one serves the line
            }
            line.remove(next);
            if (next.party.claim(next)) {
                next.party.wake();
            } else {
                owner.set(null);
            }
        }
        awaited = !line.isEmpty();
    }

    @Nullable
    Held held() {
        return owner.get();
    }

    /** That a thread has the lock. */
    public static final class Held implements AutoCloseable {
        final NamedLock lock;
        final Holdings mine;
        private final StackFrame where;

        private Held(NamedLock lock, Holdings mine, StackFrame where) {
            this.lock = lock;
            this.mine = mine;
            this.where = where;
        }

        /**
         * Gives the lock back, and the next who waits has it. Harmless where it was given back before.
         *
         * @throws IllegalStateException on another thread than the one that took it
         */
        @Override
        public void close() {
            var caller = Thread.currentThread();
            if (!caller.equals(mine.thread)) {
                throw new IllegalStateException(
                        Party.name(caller) + " must not give back " + lock + ": only the thread that took it may");
            }
            if (mine.held.remove(this)) {
                mine.forgetIfEmpty();
                lock.release();
            }
        }

        @Override
        public String toString() {
            return lock.toString();
        }

        /** Where it was taken. */
        StackTraceElement place() {
            return where.toStackTraceElement();
        }
    }

    private void release() {
        owner.set(null);
        if (awaited) {
            synchronized (LockOrder.GRAPH) {
                serve();
            }
        }
    }

    /** What one thread holds, and waits for. */
    static final class Holdings {
        private static final ThreadLocal<@Nullable Holdings> OF_THREAD = new ThreadLocal<>();

        final Thread thread = Thread.currentThread();
        final List<Held> held = new ArrayList<>(2); // of the thread alone, in the order of taking

        @Nullable
        Waiting awaited; // guarded by LockOrder.GRAPH

        static Holdings ofThread() {
            var mine = OF_THREAD.get();
            if (mine == null) {
                mine = new Holdings();
                OF_THREAD.set(mine);
            }
            return mine;
        }

        void forgetIfEmpty() {
            if (held.isEmpty()) {
                OF_THREAD.remove();
            }
        }
    }

    static final class Waiting extends Place {
        final Held held; // as it will be

        private Waiting(Party party, Held held) {
            super(party);
            this.held = held;
        }

        @Override
        public String toString() {
            return "for " + held.lock;
        }
    }
}
