package io.forkloom.async;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a channel: a ring of items, and those who wait at its two ends.
 *
 * <pre>
 *    senders, who wait        sent                      received     receivers, who wait
 *    only while it is full --&gt;  | x  x  x  x  x  x  x  x  |  --&gt;     only while it is empty
 * </pre>
 *
 * <p>Each end has a lock of its own, so that one who sends and one who receives need not meet: {@link #push} and
 * {@link #pull} take one lock each, and do what can be done while nobody waits. All else is done between {@link #lock} and
 * {@link #unlock}, under both locks. What is written under both may be read under either.
 *
 * <p>Who finds somebody waiting at the other end serves it there and then, so that nobody who comes later is first.
 */
final class Passage<T> {
    private static final int FIRST_RING = 16; // items; it grows up to the capacity when it is needed
    private static final int WIDEST_RING = 1 << 30;

    private final int capacity;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock receiving = new ReentrantLock();

    // Written under sending, read by all.
    private final AtomicLong sent = new AtomicLong();
    private long receivedSeen; // what received has been: while that leaves room, the other end's count is not read

    // Written under receiving, sent and received also under both.
    private final AtomicLong received = new AtomicLong();
    private long sentSeen; // what sent has been

    // Written under both.
    private @Nullable Object[] ring; // its length is a power of two
    private int room; // items that it may hold
    private boolean quiet = true; // open, and nobody waits at either end
    private volatile @Nullable End end;
    private final Places<Turn<T>> senders = new Places<>();
    private final Places<Turn<T>> receivers = new Places<>();
    private final Places<Turn<T>> joiners = new Places<>();
    private long done;

    /** That the channel was closed, and with which error. */
    record End(@Nullable Throwable failure) {}

    /** Somebody's place at an end. */
    static final class Turn<T> extends Place {
        private final String purpose;
        private final Object channel;

        /** What a sender sends, and what a receiver was given. */
        @Nullable
        T item;

        /** It was served by the end: nothing was sent, or given. */
        boolean ended;

        Turn(Party party, String purpose, Object channel, @Nullable T item) {
            super(party);
            this.purpose = purpose;
            this.channel = channel;
            this.item = item;
        }

        /** {@code to send to channel pages (16 of 16)}. */
        @Override
        public String toString() {
            return purpose + " " + channel;
        }
    }

    Passage(int capacity) {
        this.capacity = Math.min(capacity, WIDEST_RING);
        room = Math.min(capacity, FIRST_RING);
        ring = ringFor(room);
    }

    int capacity() {
        return capacity;
    }

    /** A moment's count; exact where nobody sends or receives. */
    int size() {
        long taken = received.getAcquire();
        return Math.clamp(sent.getAcquire() - taken, 0, capacity);
    }

    @Nullable
    End end() {
        return end;
    }

    /** Whether the item was sent; where not, it is to be tried under both locks. */
    boolean push(T item) {
        sending.lock();
        try {
            if (!quiet || isFull()) {
                return false;
            }
            put(item);
            return true;
        } finally {
            sending.unlock();
        }
    }

    /** Null if there is no item, or it is to be tried under both locks. */
    @Nullable
    T pull() {
        receiving.lock();
        try {
            return quiet && !isEmpty() ? get() : null;
        } finally {
            receiving.unlock();
        }
    }

    void lock() {
        sending.lock();
        receiving.lock();
    }

    void unlock() {
        quiet = end == null && senders.isEmpty() && receivers.isEmpty();
        receiving.unlock();
        sending.unlock();
    }

    // From here on: under both locks.

    /** Whether the item was sent: to who waits for one, or into the ring. It must be open. */
    boolean offer(T item) {
        for (var turn = receivers.poll(); turn != null; turn = receivers.poll()) {
            turn.item = item;
            if (turn.party.claim(turn)) {
                countHandOver();
                turn.party.wake();
                return true;
            }
            turn.item = null;
        }
        if (isFull() && !widen()) {
            return false;
        }
        put(item);
        return true;
    }

    /** The next item, from the ring, or of who waits to send; null if there is none. */
    @Nullable
    T take() {
        var item = isEmpty() ? null : get();
        for (var turn = senders.poll(); turn != null; turn = senders.poll()) {
            var waiting = Objects.requireNonNull(turn.item);
            if (turn.party.claim(turn)) {
                turn.party.wake();
                if (item == null) {
                    countHandOver();
                    return waiting;
                }
                put(waiting);
                return item;
            }
        }
        return item;
    }

    Turn<T> waitToSend(Party party, T item, Object channel) {
        var turn = new Turn<>(party, "to send to", channel, item);
        senders.add(turn);
        return turn;
    }

    Turn<T> waitToReceive(Party party, Object channel) {
        var turn = new Turn<T>(party, "to receive from", channel, null);
        receivers.add(turn);
        return turn;
    }

    Turn<T> waitUntilDone(Party party, Object channel) {
        var turn = new Turn<T>(party, "until all is done that was sent to", channel, null);
        joiners.add(turn);
        return turn;
    }

    /** Who waits hears of it; those who wait until all is done go on waiting, unless it is for nothing. */
    void end(End how) {
        end = how;
        endAll(senders);
        endAll(receivers);
        if (how.failure() != null) {
            endAll(joiners);
        }
    }

    private void endAll(Places<Turn<T>> turns) {
        for (var turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.ended = true;
            if (turn.party.claim(turn)) {
                turn.party.wake();
            }
        }
    }

    /** Its party no longer waits there. */
    void forget(Place turn) {
        lock();
        try {
            senders.remove(turn);
            receivers.remove(turn);
            joiners.remove(turn);
        } finally {
            unlock();
        }
    }

    boolean isAllDone() {
        return done == sent.getPlain();
    }

    /** Whether there was still an item that was received and not done. */
    boolean countDone() {
        if (done == received.getPlain()) {
            return false;
        }
        done++;
        if (isAllDone()) {
            for (var turn = joiners.poll(); turn != null; turn = joiners.poll()) {
                if (turn.party.claim(turn)) {
                    turn.party.wake();
                }
            }
        }
        return true;
    }

    // The ring. Each of these is called under the lock of its end, or under both.

    private boolean isFull() {
        long number = sent.getPlain();
        if (number - receivedSeen < room) {
            return false;
        }
        receivedSeen = received.getAcquire();
        return number - receivedSeen >= room;
    }

    private void put(T item) {
        long number = sent.getPlain();
        ring[index(ring, number)] = item;
        sent.setRelease(number + 1);
    }

    private boolean isEmpty() {
        long number = received.getPlain();
        if (number < sentSeen) {
            return false;
        }
        sentSeen = sent.getAcquire();
        return number >= sentSeen;
    }

    @SuppressWarnings("unchecked") // only a T is ever put
    private @Nullable T get() {
        long number = received.getPlain();
        int index = index(ring, number);
        var item = ring[index];
        ring[index] = null;
        received.setRelease(number + 1);
        return (T) item;
    }

    /** An item went from hand to hand. */
    private void countHandOver() {
        sent.setRelease(sent.getPlain() + 1);
        received.setRelease(received.getPlain() + 1);
    }

    private boolean widen() {
        if (room == capacity) {
            return false;
        }
        room = (int) Math.min(capacity, 2L * room);
        var wider = ringFor(room);
        for (long number = received.getPlain(); number < sent.getPlain(); number++) {
            wider[index(wider, number)] = ring[index(ring, number)];
        }
        ring = wider;
        return true;
    }

    private static @Nullable Object[] ringFor(int room) {
        return new @Nullable Object[room <= 1 ? room : Integer.highestOneBit(room - 1) << 1];
    }

    private static int index(@Nullable Object[] ring, long number) {
        return (int) number & (ring.length - 1);
    }
}
