package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that has an end: many may send and many receive, in the order of sending.
 *
 * <p><b>Waiting.</b> {@link #send} waits while the channel is full, {@link #receive} and iteration while it is empty;
 * nothing else waits. Those that wait are served in turn, and one that comes later can be faster only by chance.
 *
 * <p><b>The end.</b> After {@link #close} nothing can be sent, and the rest can be received; after {@link #fail} likewise,
 * and then receivers get the error. Only the first of the two counts. Both wake everybody who waits.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, virtual or not.
 *
 * @param <T> what is sent; never null
 */
public final class Channel<T> implements Iterable<T>, AutoCloseable {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Throwable failure;

    private Channel(int capacity) {
        this.capacity = capacity;
    }

    /** A channel for at most this many items that were sent and not yet received. */
    public static <T> Channel<T> bounded(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a channel of capacity " + capacity + " could never take an item");
        }
        return new Channel<>(capacity);
    }

    /**
     * Waits for room.
     *
     * @throws ChannelClosedException if it is closed, also while this waits; then the item was not sent
     */
    public void send(T item) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        Scopes.check();
        lock.lock();
        try {
            while (items.size() == capacity && !closed) {
                room.await();
            }
            add(item);
        } catch (InterruptedException e) {
            throw Scopes.interruption();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Never waits.
     *
     * @return false if the channel is full
     * @throws ChannelClosedException if it is closed
     */
    public boolean trySend(T item) {
        Objects.requireNonNull(item, "item");
        lock.lock();
        try {
            if (items.size() == capacity && !closed) {
                return false;
            }
            add(item);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for an item.
     *
     * @throws ChannelClosedException if it is closed and nothing is left, also while this waits
     */
    public T receive() throws InterruptedException {
        var item = receiveUnlessEnded();
        if (item == null) {
            throw new ChannelClosedException(null);
        }
        return item;
    }

    /**
     * Never waits; empty if there is nothing at the moment.
     *
     * @throws ChannelClosedException if it is closed and nothing is left
     */
    public Optional<T> tryReceive() {
        lock.lock();
        try {
            var item = take();
            if (item == null && closed) {
                throw new ChannelClosedException(failure);
            }
            return Optional.ofNullable(item);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more can be sent; what is in the channel can be received. */
    @Override
    public void close() {
        end(null);
    }

    /** As {@link #close}, and who receives gets this error, after the rest: as cause of a {@link ChannelClosedException}. */
    public void fail(Throwable cause) {
        end(Objects.requireNonNull(cause, "cause"));
    }

    /** Whether it takes no more items; there may be some left. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** How many items were sent and not yet received. */
    public int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Receives until the channel is closed and nothing is left. Several iterators share the items.
     *
     * <p>{@code hasNext} waits, and throws {@link ChannelClosedException} where the channel has failed. If it is
     * interrupted it throws {@link CancellationException}, and the interrupt stays set.
     */
    @Override
    public Iterator<T> iterator() {
        return new Received();
    }

    /** Null at the end. */
    private @Nullable T receiveUnlessEnded() throws InterruptedException {
        Scopes.check();
        lock.lock();
        try {
            while (items.isEmpty() && !closed) {
                arrival.await();
            }
            var item = take();
            if (item == null && failure != null) {
                throw new ChannelClosedException(failure);
            }
            return item;
        } catch (InterruptedException e) {
            throw Scopes.interruption();
        } finally {
            lock.unlock();
        }
    }

    private void add(T item) {
        if (closed) {
            throw new ChannelClosedException(failure);
        }
        items.add(item);
        arrival.signal();
    }

    private @Nullable T take() {
        var item = items.poll();
        if (item != null) {
            room.signal();
        }
        return item;
    }

    private void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                failure = cause;
                arrival.signalAll();
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Received implements Iterator<T> {
        private @Nullable T next;

        @Override
        public boolean hasNext() {
            try {
                if (next == null) {
                    next = receiveUnlessEnded();
                }
                return next != null;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for an item of a channel");
            }
        }

        @Override
        public T next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("the channel is closed and nothing is left");
            }
            var item = next;
            next = null;
            return item;
        }
    }
}
