package io.forkloom.internal.dispatch;

import io.forkloom.internal.supervise.Worker;
import java.util.ArrayDeque;
import java.util.List;

/** A worker that serves, and the tasks it has, in order; the first is the one it runs. Guarded by the dispatcher's lock. */
final class Load<C> {
    private static final int REMEMBERED = 5;

    final Worker<C> worker;
    final Recycling.Service service;
    final ArrayDeque<QueuedTask<C>> tasks = new ArrayDeque<>();
    /** The last ticket that it answered; 0 for none. */
    long answered;
    /** Whether it ever finished one. */
    boolean proven;
    /** Since when it has nothing to do, if so. */
    long idleSince;

    /** Labels of the tasks that it has run, the latest first. */
    private final ArrayDeque<String> before = new ArrayDeque<>(REMEMBERED + 1);

    Load(Worker<C> worker, Recycling.Service service, long now) {
        this.worker = worker;
        this.service = service;
        this.idleSince = now;
    }

    void ran(String label) {
        before.addFirst(label);
        if (before.size() > REMEMBERED) {
            before.removeLast();
        }
    }

    List<String> before() {
        return List.copyOf(before);
    }
}
