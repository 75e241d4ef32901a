package io.forkloom.event;

/**
 * A snapshot of a pool; the numbers belong to one moment, and always
 * {@code submitted = waiting + running + completed + failed + timedOut + outOfMemory + crashed + cancelled + notStarted}.
 *
 * <p>Values are read by whoever asks for them, on a thread of theirs and not of the pool's, since that runs code of their
 * classes. So a task whose value cannot be read has completed until somebody finds that out, and has failed from then on,
 * before the outcome is seen: {@code completed} can become less. Where nobody asks it stays so.
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
