package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The ends of a group's subtasks, for those who wait for some of them. Nobody who ends waits here. */
final class Ends {
    /** Of those that are to be handed out: begun, and not yet in the queue. */
    private final AtomicInteger running = new AtomicInteger();

    private final ConcurrentLinkedQueue<Subtask<?>> toTake = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Thread> waiting = new ConcurrentLinkedQueue<>();

    void begun() {
        running.incrementAndGet();
    }

    void add(Subtask<?> ended) {
        toTake.add(ended);
        running.decrementAndGet();
    }

    /** After each end. Who waits looks after it is in the queue, and this comes after the change: so nobody sleeps through it. */
    void ring() {
        if (!waiting.isEmpty()) {
            waiting.forEach(LockSupport::unpark);
        }
    }

    /** Waits until this is so; it is asked whenever a subtask has ended. */
    void await(BooleanSupplier condition) throws InterruptedException {
        Scopes.check();
        var me = Thread.currentThread();
        waiting.add(me);
        try {
            while (!condition.getAsBoolean()) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw Scopes.interruption();
                }
                Scopes.check();
            }
        } finally {
            waiting.remove(me);
        }
    }

    /** Those that have ended, until there are no more; each is handed to one iterator only. */
    Iterator<Subtask<?>> iterator(Consumer<Subtask<?>> taken) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    await(() -> !toTake.isEmpty() || running.get() == 0);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("interrupted while waiting for a subtask to end");
                }
                return !toTake.isEmpty();
            }

            @Override
            public Subtask<?> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all subtasks of the group have been taken");
                }
                var next = toTake.remove();
                taken.accept(next);
                return next;
            }
        };
    }

    @Override
    public String toString() {
        return "for a subtask to end";
    }
}
