package io.forkloom;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.flight.FlightLog;
import io.forkloom.internal.supervise.Audience;
import io.forkloom.internal.thread.Daemons;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries events to listeners, each on a thread of its own, and to the flight recorder; costs nothing while there are
 * none. What listeners may rely on is said at {@link TaskPool#subscribe}.
 */
final class Events implements Audience {
    private static final int WAITING_EVENTS = 4096;

    private final String name;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();
    private boolean closed; // guarded by this
    private volatile Supplier<PoolStats> stats = () -> PoolStats.NONE;
    private final FlightLog flight;

    Events(String name) {
        this.name = name;
        this.flight = new FlightLog(name, () -> stats.get());
    }

    /** Whom to ask for the numbers of the pool; before its first event. */
    void statsFrom(Supplier<PoolStats> source) {
        stats = source;
    }

    @Override
    public boolean isHeard() {
        return !listening.isEmpty() || flight.isOn();
    }

    /** Never waits. */
    @Override
    public void accept(PoolEvent event) {
        for (var each : listening) {
            each.offer(event);
        }
        flight.accept(event);
    }

    synchronized TaskPool.Subscription subscribe(Consumer<PoolEvent> listener) {
        if (closed) {
            return () -> {};
        }
        var each = new Listening(listener);
        var thread = Daemons.named(name + "-events").unstarted(each::deliver);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader()); // the listener is the program's
        listening.add(each); // from here on nothing is missed, however long the start takes
        thread.start();
        return () -> {
            listening.remove(each);
            each.end(false);
        };
    }

    /** What has happened is still heard, then the listeners' threads end; does not wait for them. */
    synchronized void close() {
        closed = true;
        flight.close();
        for (var each : listening) {
            each.end(true);
        }
        listening.clear();
    }

    /** A listener, and what it has not heard yet. Its thread is never interrupted: a listener may be at an event. */
    private final class Listening {
        private final Consumer<PoolEvent> listener;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ArrayDeque<PoolEvent> waiting = new ArrayDeque<>();
        private long missed; // after all that wait
        private boolean ended;

        Listening(Consumer<PoolEvent> listener) {
            this.listener = listener;
        }

        void offer(PoolEvent event) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                if (waiting.size() >= WAITING_EVENTS) {
                    missed++;
                    return;
                }
                tellMissed();
                waiting.add(event);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        void end(boolean hearTheRest) {
            lock.lock();
            try {
                ended = true;
                if (!hearTheRest) {
                    waiting.clear();
                    missed = 0;
                }
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for the next event; null when there will be none. */
        private @Nullable PoolEvent next() {
            lock.lock();
            try {
                while (waiting.isEmpty() && missed == 0 && !ended) {
                    changed.awaitUninterruptibly();
                }
                if (waiting.isEmpty()) {
                    tellMissed();
                }
                return waiting.poll();
            } finally {
                lock.unlock();
            }
        }

        private void tellMissed() {
            if (missed > 0) {
                waiting.add(new PoolEvent.EventsMissed(missed));
                missed = 0;
            }
        }

        private void deliver() {
            for (var event = next(); event != null; event = next()) {
                hand(event);
                Thread.interrupted(); // a listener's interrupt of its own thread is no message to us
            }
        }

        private void hand(PoolEvent event) {
            try {
                listener.accept(event);
            } catch (Throwable e) { // the listener is the user's code
                complain(event, e);
            }
        }

        private void complain(PoolEvent event, Throwable error) {
            try {
                System.getLogger("io.forkloom")
                        .log(System.Logger.Level.WARNING, "a listener of pool " + name + " failed at " + event, error);
            } catch (Throwable e) {
                // A log that fails must not cost the listener its next event.
            }
        }
    }
}
