package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;

/** Makes workers of one kind. */
@FunctionalInterface
public interface Spawner<C> {
    /** Starts a worker and returns at once; the rest is told through the events. */
    Worker<C> spawn(WorkerId id, WorkerEvents<C> events);
}
