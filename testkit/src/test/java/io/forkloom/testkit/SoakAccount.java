package io.forkloom.testkit;

import io.forkloom.Outcome;
import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the soak of one pool has seen, and whether it adds up. For any thread. */
final class SoakAccount {
    /** Endings that nobody has a handle of: of calls that were interrupted, and of chunks of maps. */
    static final String UNSEEN = "unseen";

    private static final int WORDS = 20;

    private final Map<String, Long> seen = new TreeMap<>();
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Long> toldUnseen = new HashMap<>();
    private final Map<String, Long> kinds = new TreeMap<>();
    private final BitSet ended = new BitSet();
    private final List<String> wrong = new ArrayList<>();
    private long missed;
    private long bystandersLost;

    /** As listener of the pool. */
    synchronized void hear(PoolEvent event) {
        switch (event) {
            case PoolEvent.TaskEnded end -> {
                if (ended.get((int) end.task())) {
                    complain("task " + end.task() + " (" + end.label() + ") ended twice, the second time as "
                            + end.outcome());
                }
                ended.set((int) end.task());
                told.merge(end.outcome(), 1L, Long::sum);
                if (end.label().equals(UNSEEN)) {
                    toldUnseen.merge(end.outcome(), 1L, Long::sum);
                }
            }
            case PoolEvent.EventsMissed(long count) -> missed += count;
            case PoolEvent.PoolBroken(String reason) -> complain("the pool is broken: " + reason);
            default -> {}
        }
    }

    /** A task of this kind ended so; {@code right} is whether it may, and its value is the one. */
    synchronized void count(String kind, Outcome<?> outcome, boolean right) {
        String name = outcome.getClass().getSimpleName();
        kinds.merge(kind, 1L, Long::sum);
        seen.merge(name, 1L, Long::sum);
        if (!right) {
            complain(kind + " ended as " + describe(outcome));
        }
    }

    /** An argument of a map, which is not a task. */
    synchronized void countElement(Outcome<?> outcome, boolean right) {
        kinds.merge("mapped argument", 1L, Long::sum);
        if (!right) {
            complain("a map's argument ended as " + describe(outcome));
        }
    }

    synchronized void interrupted() {
        kinds.merge("interrupted call", 1L, Long::sum);
    }

    synchronized void bystanderLost() {
        bystandersLost++;
    }

    synchronized void complain(String words) {
        if (wrong.size() < WORDS) {
            wrong.add(words);
        }
    }

    private static String describe(Outcome<?> outcome) {
        var words = outcome instanceof Outcome.Completed ? "Completed, with a wrong value or too late" : outcome + "";
        return words.substring(0, Math.min(words.length(), 1000));
    }

    /** At the end; all that is wrong, in words. */
    synchronized List<String> check(PoolStats stats, long kills) {
        var counts = Map.of(
                "Completed", stats.completed(),
                "Failed", stats.failed(),
                "TimedOut", stats.timedOut(),
                "OutOfMemory", stats.outOfMemory(),
                "Crashed", stats.crashed(),
                "Cancelled", stats.cancelled(),
                "NotStarted", stats.notStarted());
        if (stats.ended() != stats.submitted() || stats.waiting() != 0 || stats.running() != 0) {
            complain("tasks have not ended: " + stats);
        }
        if (missed == 0) {
            counts.forEach((name, count) -> {
                same(name + " in events", told.getOrDefault(name, 0L), count);
                same(name + " in outcomes", seen.getOrDefault(name, 0L) + toldUnseen.getOrDefault(name, 0L), count);
            });
            same("tasks that ended in events", ended.cardinality(), stats.submitted());
        } else if (stats.submitted() - ended.cardinality() > missed) {
            complain(stats.submitted() - ended.cardinality() + " tasks have no event, and only " + missed
                    + " events were missed");
        }
        counts.forEach((name, count) -> {
            if (seen.getOrDefault(name, 0L) > count) {
                complain(seen.get(name) + " outcomes are " + name + ", the pool counts " + count);
            }
        });
        if (bystandersLost > kills) {
            complain(bystandersLost + " harmless tasks were lost to " + kills + " kills from outside");
        }
        return List.copyOf(wrong);
    }

    private void same(String what, long here, long there) {
        if (here != there) {
            complain(what + ": " + here + ", the pool counts " + there);
        }
    }

    @Override
    public synchronized String toString() {
        return kinds + ", outcomes " + told + (missed == 0 ? "" : ", " + missed + " events missed");
    }
}
