package io.forkloom.internal.supervise;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * Decides when a worker that died for nothing is followed by another, and when to give up. A plain object, told the
 * time.
 *
 * <p>Counted are workers that died before they became ready, or idle without ever having finished a task. A worker
 * that dies at a task costs that task, so a storm of those ends with the tasks; and what the pool kills itself is no
 * failure. Each finished task clears the count.
 */
public final class RestartBudget {
    /** The second failure in a row waits this long, each further one twice as long. */
    private static final long FIRST_DELAY = 50_000_000; // 50 ms

    private static final long LONGEST_DELAY = 5_000_000_000L; // 5 s

    private final int most;
    private final long window;
    private final ArrayDeque<Long> failures = new ArrayDeque<>();

    /** Gives up at more than {@code most} failures within the window. */
    public RestartBudget(int most, Duration window) {
        this.most = most;
        this.window = window.toNanos();
    }

    /** A worker died for nothing: nanoseconds until the next one may start; empty to give up. */
    OptionalLong failed(long now) {
        while (!failures.isEmpty() && now - failures.peekFirst() > window) {
            failures.removeFirst();
        }
        failures.addLast(now);
        if (failures.size() > most) {
            return OptionalLong.empty();
        }
        int doublings = failures.size() - 2;
        return OptionalLong.of(doublings < 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(doublings, 20)));
    }

    void cleared() {
        failures.clear();
    }

    /** {@code 6 in 10 s}. */
    @Override
    public String toString() {
        return (most + 1) + " within " + window / 1_000_000_000 + " s";
    }
}
