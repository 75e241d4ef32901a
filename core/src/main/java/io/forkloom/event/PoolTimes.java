package io.forkloom.event;

/**
 * Where the time of a pool's tasks has gone since it was opened; of each task its last attempt.
 *
 * @param waiting from a task's acceptance until a worker turned to it; of tasks that ended after that
 * @param running from then until its end was known; of the same tasks
 * @param overhead what running took beyond the time that the worker has measured: the way there and back, and the pool
 *     itself; of tasks that a worker answered. Where a task stood ready in its worker, hardly anything
 */
public record PoolTimes(Histogram waiting, Histogram running, Histogram overhead) {
    /** Of no task. */
    public static final PoolTimes NONE = new PoolTimes(Histogram.EMPTY, Histogram.EMPTY, Histogram.EMPTY);
}
