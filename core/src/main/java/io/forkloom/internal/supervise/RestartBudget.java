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
 * each takes, mean that no worker will ever start. A start for which there was no room is no such sign: the shortage may
 * pass, so it is tried again, more and more seldom, for as long as {@code patience}.
 *
 * <p>A worker that died idle, before it had finished any task, may have been killed from outside: {@link #OUTSIDE} times
 * as many as {@code most} are borne within the window, and a finished task clears the count. A worker that dies at a task
 * costs that task, so a storm of those ends with the tasks; and what the pool kills itself is no failure.
 */
public final class RestartBudget {
    static final int OUTSIDE = 4;

    /** The second failure in a row waits this long, each further one twice as long. */
    private static final long FIRST_DELAY = 50_000_000; // 50 ms

    private static final long LONGEST_DELAY = 1_000_000_000; // 1 s

    /** In a shortage each try waits for as long as it has lasted, within bounds, however many slots are empty. */
    private static final long LONGEST_DELAY_IN_SHORTAGE = 4_000_000_000L; // 4 s

    private final int most;
    private final long window;
    private final long patience;

    // In a row.
    private int failedStarts;
    private long failingSince;
    private int withoutRoom;
    private long shortSince;

    /** When workers died idle, within the window. */
    private final ArrayDeque<Long> idle = new ArrayDeque<>();

    /** What was one failure too many; volatile because a message may be made outside the owner's lock. */
    private volatile @Nullable String exhausted;

    /**
     * Gives up at more than {@code most} failed starts in a row, within the window at more than four times as many deaths
     * of idle workers, and when for so long there was no room for a start.
     */
    public RestartBudget(int most, Duration window, Duration patience) {
        this.most = most;
        this.window = Ticks.of(window);
        this.patience = Ticks.of(patience);
    }

    /** For a worker with a larger heap: it is started twice, since only a few tasks wait for it. */
    RestartBudget forLarger() {
        return new RestartBudget(1, Duration.ofNanos(window), Duration.ofNanos(patience));
    }

    /** A worker died before it was ready: nanoseconds until the next one may start; empty to give up. */
    OptionalLong startFailed(long now) {
        if (failedStarts == 0) {
            failingSince = now;
        }
        failedStarts++;
        return failedStarts > most
                ? giveUp(starts(failedStarts) + " in a row failed, within " + words(now - failingSince))
                : OptionalLong.of(delay(failedStarts));
    }

    /** As {@link #startFailed}, where the machine had no room for it. */
    OptionalLong startHadNoRoom(long now) {
        if (withoutRoom == 0) {
            shortSince = now;
        }
        withoutRoom++;
        long lasts = now - shortSince;
        return lasts > patience
                ? giveUp("for " + words(lasts) + " there was no room to start one, in " + starts(withoutRoom))
                : OptionalLong.of(Math.clamp(lasts, FIRST_DELAY, LONGEST_DELAY_IN_SHORTAGE));
    }

    /** A worker died idle and had never finished a task; as {@link #startFailed}. */
    OptionalLong idleDied(long now) {
        while (!idle.isEmpty() && now - idle.peekFirst() > window) {
            idle.removeFirst();
        }
        idle.addLast(now);
        return idle.size() > OUTSIDE * most
                ? giveUp(idle.size() + (idle.size() == 1 ? " worker" : " workers") + " died idle within "
                        + words(now - idle.getFirst()) + ", before any had finished a task")
                : OptionalLong.of(delay(idle.size()));
    }

    /** A worker has become ready. */
    void ready() {
        failedStarts = 0;
        withoutRoom = 0;
    }

    /** A worker has finished a task. */
    void finished() {
        ready();
        idle.clear();
    }

    private OptionalLong giveUp(String why) {
        if (exhausted == null) {
            exhausted = why;
        }
        return OptionalLong.empty();
    }

    private static long delay(int failures) {
        int doublings = failures - 2;
        return doublings < 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(doublings, 20));
    }

    private static String starts(int count) {
        return count == 1 ? "1 start" : count + " starts";
    }

    /** {@code 730 ms}, {@code 10 s}, {@code 61.3 s}. */
    private static String words(long nanos) {
        long millis = nanos / 1_000_000;
        return Ticks.words(Duration.ofMillis(millis < 1000 ? millis : millis / 100 * 100));
    }

    /** What was one too many: {@code 6 starts in a row failed, within 1.6 s}; before that, what is borne. */
    @Override
    public String toString() {
        var what = exhausted;
        return what != null
                ? what
                : "bears " + most + " failed starts in a row, " + OUTSIDE * most + " deaths of idle workers within "
                        + words(window) + ", and no room for " + words(patience);
    }
}
