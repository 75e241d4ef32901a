package io.forkloom.testkit;

import io.forkloom.TaskPool;
import io.forkloom.event.PoolEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Listens to a pool from the moment it is made, keeps every event, and lets a test wait for those that it expects. */
public final class EventProbe implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final List<PoolEvent> events = new ArrayList<>();
    private final TaskPool.Subscription subscription;

    public EventProbe(TaskPool pool) {
        subscription = pool.subscribe(this::hear);
    }

    private void hear(PoolEvent event) {
        lock.lock();
        try {
            events.add(event);
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All so far, in order. */
    public List<PoolEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** Those of one kind so far, in order. */
    public <E extends PoolEvent> List<E> events(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits until this many of the kind were heard; gives them. */
    public <E extends PoolEvent> List<E> await(Class<E> kind, int count) throws InterruptedException {
        return await(kind, count, event -> true);
    }

    /** Waits until this many of the kind that match were heard; gives them. */
    public <E extends PoolEvent> List<E> await(Class<E> kind, int count, Predicate<E> matching)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                var found = events.stream()
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .filter(matching)
                        .toList();
                if (found.size() >= count) {
                    return found;
                }
                heard.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
