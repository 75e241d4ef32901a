package io.forkloom;

import io.forkloom.event.PoolEvent;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Carries events to listeners, each on a thread of its own; costs nothing while there are none. */
final class Events implements Consumer<PoolEvent> {
    private static final int WAITING_EVENTS = 4096;

    private final String name;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();

    Events(String name) {
        this.name = name;
    }

    /** Never waits. */
    @Override
    public void accept(PoolEvent event) {
        for (var each : listening) {
            each.offer(event);
        }
    }

    TaskPool.Subscription subscribe(Consumer<PoolEvent> listener) {
        var each = new Listening(listener);
        listening.add(each);
        each.thread.start();
        return () -> {
            listening.remove(each);
            each.thread.interrupt();
        };
    }

    /** Delivers what is there, then ends the listeners' threads; does not wait for them. */
    void close() {
        for (var each : listening) {
            each.ending = true;
            each.thread.interrupt();
        }
        listening.clear();
    }

    private final class Listening {
        private final Consumer<PoolEvent> listener;
        private final ArrayBlockingQueue<PoolEvent> queue = new ArrayBlockingQueue<>(WAITING_EVENTS);
        private final AtomicLong missed = new AtomicLong();
        private final Thread thread;
        private volatile boolean ending;

        Listening(Consumer<PoolEvent> listener) {
            this.listener = listener;
            this.thread = Thread.ofPlatform().daemon().name(name + "-events").unstarted(this::deliver);
        }

        void offer(PoolEvent event) {
            if (!queue.offer(event)) {
                missed.incrementAndGet();
            }
        }

        private void deliver() {
            try {
                while (!ending) {
                    hand(queue.take());
                }
            } catch (InterruptedException e) {
                // Ended, or interrupted by the listener itself, which is the same.
            }
            if (ending) {
                queue.forEach(this::hand);
            }
        }

        private void hand(PoolEvent event) {
            try {
                long gone = missed.getAndSet(0);
                if (gone > 0) {
                    listener.accept(new PoolEvent.EventsMissed(gone));
                }
                listener.accept(event);
            } catch (RuntimeException e) {
                System.getLogger("io.forkloom")
                        .log(System.Logger.Level.WARNING, "a listener of pool " + name + " failed at " + event, e);
            }
        }
    }
}
