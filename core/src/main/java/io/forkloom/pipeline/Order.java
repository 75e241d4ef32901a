package io.forkloom.pipeline;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets the results of a stage out in the order in which its items came in, and holds no more of both than a window.
 *
 * <pre>
 *   take: at the back, when there is room                      put: finished, in any order
 *     |                                                          |
 *     v                                                          v
 *   [ worked on | finished | worked on | skipped | finished | worked on ]  --&gt;  out, while the front is finished
 * </pre>
 *
 * <p>The unit that finishes the place at the front sends on all that are finished behind it, and later ones too, as long
 * as there are any; the others meanwhile only note what they have.
 */
final class Order {
    private final int window;
    private final Iterator<Item> items;
    private final Exit exit;

    /** Held by the unit that takes the next item: so the places are in the order of the items. Before {@link #lock}. */
    private final ReentrantLock turn = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    // Guarded by lock, as is what a place holds.
    private final ArrayDeque<Place> places = new ArrayDeque<>();
    private boolean sending;

    /** Takes a result that is next in the order; may wait. */
    @FunctionalInterface
    interface Exit {
        void send(Item result) throws InterruptedException;
    }

    /** An item's place in the order. */
    static final class Place {
        private final Item item;
        private boolean finished;
        private @Nullable Item result;

        private Place(Item item) {
            this.item = item;
        }

        Item item() {
            return item;
        }
    }

    Order(int window, Iterator<Item> items, Exit exit) {
        this.window = window;
        this.items = items;
        this.exit = exit;
    }

    /** Waits for room and for an item; null when there are no more. */
    @Nullable
    Place take() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            awaitRoom();
            return items.hasNext() ? add(new Place(items.next())) : null;
        } finally {
            turn.unlock();
        }
    }

    private void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (places.size() == window) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Place add(Place place) {
        lock.lock();
        try {
            places.add(place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Finishes a place, and waits until what can go on has gone, if nobody else sees to that.
     *
     * @param result null for an item that has come to its end here: it leaves no gap
     */
    void put(Place place, @Nullable Item result) throws InterruptedException {
        for (var front = finish(place, result); front != null; front = next()) {
            if (front.result != null) {
                exit.send(front.result);
            }
        }
    }

    /** The first that the caller is to send on; null if there is none, or somebody is at it. */
    private @Nullable Place finish(Place place, @Nullable Item result) {
        lock.lock();
        try {
            place.finished = true;
            place.result = result;
            return sending ? null : finishedFront();
        } finally {
            lock.unlock();
        }
    }

    /** The one at the front is gone: only now, since what is being sent counts for the window too. */
    private @Nullable Place next() {
        lock.lock();
        try {
            places.remove();
            room.signal();
            return finishedFront();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Place finishedFront() {
        var front = places.peek();
        sending = front != null && front.finished;
        return sending ? front : null;
    }
}
