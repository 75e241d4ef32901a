package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that has an end: many may send and many receive, in the order of sending.
 *
 * <p><b>Waiting.</b> {@link #send} waits while the channel is full, {@link #receive} and iteration while it is empty,
 * {@link #join} until all is done; nothing else waits. Those that wait are served in turn, and one that comes later can be
 * faster only by chance. A wait that throws {@code InterruptedException} has sent, or taken, nothing. To wait for several
 * channels at once there is {@link Select}.
 *
 * <p><b>The end.</b> After {@link #close} nothing can be sent, and the rest can be received; after {@link #fail} likewise,
 * and then receivers get the error. Only the first of the two counts. Both wake everybody who waits.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, virtual or not. What a thread waits for is its blocker,
 * {@code to send to channel pages (16 of 16)}: for whoever looks at waiting threads.
 *
 * @param <T> what is sent; never null
 */
public final class Channel<T> implements Iterable<T>, AutoCloseable {
    /**
     * In a channel with room for this many one who has to wait looks a few times, each after a yield, whether the other
     * side is about to fill or empty it, before it has itself woken for a single item.
     */
    private static final int LARGE = 8; // items

    private static final int LOOKS = 8;

    /** It looks until there is a part of the capacity to go on with: so many times smaller than the whole. */
    private static final int PART = 32;

    private static final AtomicLong CREATED = new AtomicLong();

    private final long number = CREATED.incrementAndGet();
    private final String name;
    private final Passage<T> passage;

    private Channel(@Nullable String name, int capacity) {
        this.name = name == null ? Long.toString(number) : name;
        this.passage = new Passage<>(capacity);
    }

    /** A channel for at most this many items that were sent and not yet received. */
    public static <T> Channel<T> bounded(int capacity) {
        return new Channel<>(null, checked(capacity));
    }

    /** As {@link #bounded(int)}, with a name for messages and for whoever looks at waiting threads. */
    public static <T> Channel<T> bounded(String name, int capacity) {
        return new Channel<>(name, checked(capacity));
    }

    /** A channel without room: {@code send} returns when the item was received. */
    public static <T> Channel<T> rendezvous() {
        return new Channel<>(null, 0);
    }

    public static <T> Channel<T> rendezvous(String name) {
        return new Channel<>(name, 0);
    }

    private static int checked(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a channel of capacity " + capacity
                    + " could never take an item; one that hands over without room is Channel.rendezvous()");
        }
        return capacity;
    }

    /**
     * Waits for room, and in a rendezvous for who receives it.
     *
     * @throws ChannelClosedException if it is closed, also while this waits; then the item was not sent
     */
    public void send(T item) throws InterruptedException {
        Objects.requireNonNull(item, "item");
        Scopes.check();
        if (!passage.push(item)) {
            sendOrWait(item);
        }
    }

    private void sendOrWait(T item) throws InterruptedException {
        int capacity = passage.capacity();
        for (int look = 0; look < LOOKS && capacity >= LARGE && capacity - passage.size() <= capacity / PART; look++) {
            Party.letOthersGo();
        }
        Passage.Turn<T> turn;
        passage.lock();
        try {
            if (offer(item)) {
                return;
            }
            turn = passage.waitToSend(new Party(), item, this);
        } finally {
            passage.unlock();
        }
        await(turn);
        if (turn.ended) {
            throw closed();
        }
    }

    /**
     * Never waits.
     *
     * @return false if the channel is full; in a rendezvous, if nobody waits to receive
     * @throws ChannelClosedException if it is closed
     */
    public boolean trySend(T item) {
        Objects.requireNonNull(item, "item");
        if (passage.push(item)) {
            return true;
        }
        passage.lock();
        try {
            return offer(item);
        } finally {
            passage.unlock();
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
            throw closed();
        }
        return item;
    }

    /** Null at the end, where that is no failure. */
    private @Nullable T receiveUnlessEnded() throws InterruptedException {
        Scopes.check();
        var item = passage.pull();
        return item == null ? receiveOrWait() : item;
    }

    private @Nullable T receiveOrWait() throws InterruptedException {
        int capacity = passage.capacity();
        for (int look = 0; look < LOOKS && capacity >= LARGE && passage.size() <= capacity / PART; look++) {
            if (isClosed()) {
                break;
            }
            Party.letOthersGo();
        }
        Passage.Turn<T> turn;
        passage.lock();
        try {
            var item = passage.take();
            if (item != null || endOfItems()) {
                return item;
            }
            turn = passage.waitToReceive(new Party(), this);
        } finally {
            passage.unlock();
        }
        await(turn);
        if (turn.ended) {
            endOfItems();
        }
        return turn.item;
    }

    /**
     * Never waits; empty if there is nothing at the moment.
     *
     * @throws ChannelClosedException if it is closed and nothing is left
     */
    public Optional<T> tryReceive() {
        var pulled = passage.pull();
        if (pulled != null) {
            return Optional.of(pulled);
        }
        passage.lock();
        try {
            var item = passage.take();
            if (item == null && passage.end() != null) {
                throw closed();
            }
            return Optional.ofNullable(item);
        } finally {
            passage.unlock();
        }
    }

    /**
     * Says that an item is dealt with that was received; for those who {@link #join}, and needed only where somebody does.
     *
     * @throws IllegalStateException if it was said for all that were received
     */
    public void done() {
        passage.lock();
        try {
            if (!passage.countDone()) {
                throw new IllegalStateException(
                        "done() once too often: it was called before for every item that was received from " + this);
            }
        } finally {
            passage.unlock();
        }
    }

    /**
     * Waits until {@link #done} was said for all that was sent.
     *
     * @throws ChannelClosedException if the channel {@link #fail fails} before
     */
    public void join() throws InterruptedException {
        Scopes.check();
        Passage.Turn<T> turn;
        passage.lock();
        try {
            if (passage.isAllDone()) {
                return;
            }
            endOfItems();
            turn = passage.waitUntilDone(new Party(), this);
        } finally {
            passage.unlock();
        }
        await(turn);
        if (turn.ended) {
            throw closed();
        }
    }

    /** Nothing more can be sent; what is in the channel can be received. */
    @Override
    public void close() {
        end(new Passage.End(null));
    }

    /** As {@link #close}, and who receives gets this error, after the rest: as cause of a {@link ChannelClosedException}. */
    public void fail(Throwable cause) {
        end(new Passage.End(Objects.requireNonNull(cause, "cause")));
    }

    private void end(Passage.End how) {
        passage.lock();
        try {
            if (passage.end() == null) {
                passage.end(how);
            }
        } finally {
            passage.unlock();
        }
    }

    /** Whether it takes no more items; there may be some left. */
    public boolean isClosed() {
        return passage.end() != null;
    }

    /** How many items were sent and not yet received; of a rendezvous always 0. */
    public int size() {
        return passage.size();
    }

    /**
     * Receives until the channel is closed and nothing is left. Several iterators share the items.
     *
     * <p>{@code hasNext} waits, and throws {@link ChannelClosedException} where the channel has failed. If it is
     * interrupted it throws {@link CancellationException}, and the interrupt stays set.
     */
    @Override
    public Iterator<T> iterator() {
        return new Awaited<>("an item of " + this) {
            @Override
            @Nullable
            T take() throws InterruptedException {
                return receiveUnlessEnded();
            }
        };
    }

    /** {@code channel pages (16 of 16)}; one without a name is called by a number. */
    @Override
    public String toString() {
        int capacity = passage.capacity();
        return "channel " + name + (capacity == 0 ? " (rendezvous" : " (" + size() + " of " + capacity)
                + (isClosed() ? ", closed)" : ")");
    }

    /** Where it comes in the order in which a select locks its channels. */
    long number() {
        return number;
    }

    Passage<T> passage() {
        return passage;
    }

    /** Under the locks of the passage. */
    boolean offer(T item) {
        if (passage.end() != null) {
            throw closed();
        }
        return passage.offer(item);
    }

    /** Asked where nothing is left: whether nothing will come; throws if that is a failure. */
    boolean endOfItems() {
        var end = passage.end();
        if (end != null && end.failure() != null) {
            throw closed();
        }
        return end != null;
    }

    ChannelClosedException closed() {
        var end = passage.end();
        return new ChannelClosedException("channel " + name, end == null ? null : end.failure());
    }

    private void await(Passage.Turn<T> turn) throws InterruptedException {
        try {
            turn.party.await(turn);
        } catch (InterruptedException interrupted) {
            passage.forget(turn);
            throw interrupted;
        }
    }
}
