package io.forkloom.internal.supervise;

import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a worker that died for nothing is followed by another, and when to give up. A plain object, told the
 * time.
 *
 * <p>A worker that died before it was ready is a failed start: more than {@code most} of them in a row, however long
 * each takes, mean that no worker will ever start. A worker that died idle, before it had finished any task, may have
 * been killed from outside: {@link #PATIENCE} times as many are borne within the window, and a finished task clears the
 * count. A worker that dies at a task costs that task, so a storm of those ends with the tasks; and what the pool kills
 * itself is no failure.
 */
public final class RestartBudget {
    static final int PATIENCE = 4;

    /** The second failure in a row waits this long, each further one twice as long. */
    private static final long FIRST_DELAY = 50_000_000; // 50 ms

    private static final long LONGEST_DELAY = 1_000_000_000; // 1 s

    private final int most;
    private final long window;
    /** Failed starts in a row. */
    private int starts;

    /** When workers died idle, within the window. */
    private final ArrayDeque<Long> idle = new ArrayDeque<>();

    /** What was one failure too many; volatile because a message may be made outside the owner's lock. */
    private volatile @Nullable String exhausted;

    /** Gives up at more than {@code most} failed starts in a row, or within the window many more deaths of idle workers. */
    public RestartBudget(int most, Duration window) {
        this.most = most;
        this.window = Ticks.of(window);
    }

    /** A worker died before it was ready: nanoseconds until the next one may start; empty to give up. */
    OptionalLong startFailed() {
        starts++;
        return delay(starts, most, "starts failed in a row");
    }

    /** A worker died idle and had never finished a task; as {@link #startFailed}. */
    OptionalLong idleDied(long now) {
        while (!idle.isEmpty() && now - idle.peekFirst() > window) {
            idle.removeFirst();
        }
        idle.addLast(now);
        return delay(idle.size(), PATIENCE * most, "workers died idle within " + words(window));
    }

    /** A worker has become ready. */
    void ready() {
        starts = 0;
    }

    /** A worker has finished a task. */
    void finished() {
        starts = 0;
        idle.clear();
    }

    private OptionalLong delay(int failures, int limit, String what) {
        if (failures > limit) {
            if (exhausted == null) {
                exhausted = failures + " " + what;
            }
            return OptionalLong.empty();
        }
        int doublings = failures - 2;
        return OptionalLong.of(doublings < 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(doublings, 20)));
    }

    private static String words(long nanos) {
        long millis = nanos / 1_000_000;
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** What was one too many: {@code 6 starts failed in a row}; before that, what is borne. */
    @Override
    public String toString() {
        var what = exhausted;
        return what != null
                ? what
                : "bears " + most + " failed starts in a row, and " + PATIENCE * most
                        + " deaths of idle workers within " + words(window);
    }
}
