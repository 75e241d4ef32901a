package io.forkloom.async;

import io.forkloom.async.NamedLock.Held;
import io.forkloom.async.NamedLock.Waiting;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * In which order locks are taken, and who waits for whom; for all locks of the program.
 *
 * <pre>
 *   order:   lock A ----&gt; lock B        B was once taken by who held A; a circle of such arrows is an inversion
 *   waiting: thread ----&gt; lock ----&gt; its owner ----&gt; lock ...; a circle is a deadlock
 * </pre>
 *
 * <p>It keeps no lock alive: an arrow is gone with either of its locks.
 */
final class LockOrder {
    /** Guards the order, and who waits for any lock. Held for a look into a map, or a search, where that is due. */
    static final Object GRAPH = new Object();

    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final Map<NamedLock, Map<NamedLock, Arrow>> AFTER = new WeakHashMap<>(); // guarded by GRAPH

    /** Where it happened first that one lock was taken by who held the other. */
    private record Arrow(
            String first, StackTraceElement firstAt, String then, StackTraceElement thenAt, String thread) {
        @Override
        public String toString() {
            return "lock " + first + " was taken at " + firstAt + ", and then lock " + then + " at " + thenAt + ", by "
                    + thread;
        }
    }

    private LockOrder() {}

    /** Where the method was called that calls this. */
    static StackFrame caller() {
        return WALKER.walk(frames -> frames.skip(2).findFirst()).orElseThrow();
    }

    /** Before a thread takes one more: notes the order, and reports it the first time that another stands against it. */
    static void check(Held next) {
        for (var before : next.mine.held) {
            if (!before.lock.equals(next.lock)) {
                check(before, next);
            }
        }
    }

    private static void check(Held before, Held next) {
        List<Arrow> back;
        Arrow arrow;
        synchronized (GRAPH) {
            var after = AFTER.computeIfAbsent(before.lock, _ -> new WeakHashMap<>());
            if (after.containsKey(next.lock)) {
                return;
            }
            arrow = new Arrow(
                    before.lock.name(), before.place(), next.lock.name(), next.place(), Party.name(next.mine.thread));
            after.put(next.lock, arrow);
            back = way(next.lock, before.lock, new HashSet<>());
        }
        if (!back.isEmpty()) {
            System.getLogger("io.forkloom").log(System.Logger.Level.WARNING, inversion(arrow, back));
        }
    }

    /** From one lock to another, the last arrow first; empty where there is none. */
    private static List<Arrow> way(NamedLock from, NamedLock to, Set<NamedLock> seen) {
        for (var step : AFTER.getOrDefault(from, Map.of()).entrySet()) {
            var lock = step.getKey();
            if (lock.equals(to)) {
                return new ArrayList<>(List.of(step.getValue()));
            }
            if (seen.add(lock)) {
                var rest = way(lock, to, seen);
                if (!rest.isEmpty()) {
                    rest.add(step.getValue());
                    return rest;
                }
            }
        }
        return List.of();
    }

    private static String inversion(Arrow arrow, List<Arrow> back) {
        return "locks are taken in both orders: " + arrow + "; before, "
                + back.reversed().stream().map(Arrow::toString).collect(Collectors.joining("; "))
                + ". Threads that do so at the same moment wait for each other for ever: take them in one order";
    }

    /** Under {@link #GRAPH}: whether who begins to wait closes a circle, in words; null if not. */
    static @Nullable String circle(Waiting begun) {
        var lines = new ArrayList<String>();
        for (var waiting = begun; waiting != null && waiting.party.isWaiting(); ) {
            var held = waiting.held.lock.held();
            if (held == null) {
                return null;
            }
            lines.add(Party.name(waiting.held.mine.thread) + " takes lock " + waiting.held.lock.name() + " at "
                    + waiting.held.place() + ", which " + Party.name(held.mine.thread) + " took at " + held.place());
            if (held.mine.equals(begun.held.mine)) {
                return "waiting for lock " + begun.held.lock.name() + " would never end: " + String.join("; ", lines);
            }
            waiting = held.mine.awaited;
        }
        return null;
    }
}
