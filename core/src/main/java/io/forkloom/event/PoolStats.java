package io.forkloom.event;

/**
 * A snapshot of a pool; the numbers belong to one moment, and always
 * {@code submitted = waiting + running + completed + failed + timedOut + outOfMemory + crashed + cancelled + notStarted}.
 *
 * @param workers how many are to serve now
 * @param ready workers that can take tasks or are at one
 * @param spares workers that are ready to take the place of one of those
 * @param waiting tasks in the queue
 * @param running tasks that were handed to a worker and have not ended
 * @param submitted tasks accepted since the pool was opened
 * @param started workers started since then
 * @param times how long tasks have waited and run: {@code stats.times().waiting().percentile(99)}
 */
public record PoolStats(
        int workers,
        int ready,
        int spares,
        int waiting,
        int running,
        long submitted,
        long completed,
        long failed,
        long timedOut,
        long outOfMemory,
        long crashed,
        long cancelled,
        long notStarted,
        long started,
        PoolTimes times) {
    /** Of no pool. */
    public static final PoolStats NONE = new PoolStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, PoolTimes.NONE);

    /** Tasks that have ended, however. */
    public long ended() {
        return completed + failed + timedOut + outOfMemory + crashed + cancelled + notStarted;
    }
}
