package io.forkloom.internal.dispatch;

import io.forkloom.internal.supervise.Worker;
import java.util.ArrayDeque;

/** A worker that serves, and the tasks it has, in order; the first is the one it runs. Guarded by the dispatcher's lock. */
final class Load<C> {
    final Worker<C> worker;
    final ArrayDeque<QueuedTask<C>> tasks = new ArrayDeque<>();
    /** The last ticket that it answered; 0 for none. */
    long answered;
    /** Whether it ever finished one. */
    boolean proven;

    Load(Worker<C> worker) {
        this.worker = worker;
    }
}
