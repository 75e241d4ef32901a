package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;

/** Makes workers of one kind. */
@FunctionalInterface
public interface Spawner<C> {
    /**
     * Starts a worker and returns at once; the rest is told through the events.
     *
     * @param heap bytes, for one that is larger than the others; else 0
     */
    Worker<C> spawn(WorkerId id, long heap, WorkerEvents<C> events);
}
