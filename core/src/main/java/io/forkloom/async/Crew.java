package io.forkloom.async;

import io.forkloom.internal.scope.Member;
import io.forkloom.internal.scope.Scope;
import io.forkloom.internal.thread.Joins;
import java.util.ArrayList;
import java.util.List;

/**
 * The scope of a group's subtasks, and their threads. To wait for them is to wait until the threads themselves are gone,
 * and not only their bodies: that is why one that has ended stays in until a wait or a sweep takes it out.
 */
final class Crew extends Scope {
    private static final int SWEEP_FROM = 64; // threads

    private final TaskGroup group;

    // Both guarded by crew.
    private final List<Subtask<?>> crew = new ArrayList<>();
    private int sweepAt = SWEEP_FROM;

    Crew(TaskGroup group, Scope body) {
        super(body);
        this.group = group;
        begin();
    }

    /**
     * Starts its thread; false if there is nothing to start any more, because the group, or one around it, is cancelled.
     * Of those that have ended it keeps at most as many as were running at the last sweep, or a few.
     */
    boolean start(Subtask<?> subtask) {
        synchronized (crew) {
            if (crew.size() >= sweepAt) {
                sweep();
                sweepAt = Math.max(SWEEP_FROM, 2 * crew.size());
            }
            if (cancelled() != null) {
                return false;
            }
            crew.add(subtask);
            // Within the lock: a cancel that comes now finds a thread that it can interrupt.
            subtask.member().thread().start();
            return true;
        }
    }

    /** Those whose threads may still live, in the order of their beginning. */
    List<Subtask<?>> list() {
        synchronized (crew) {
            return List.copyOf(crew);
        }
    }

    @Override
    protected List<Member> members() {
        return list().stream().map(Subtask::member).toList();
    }

    @Override
    protected InterruptedException interruption(Member thread, String why) {
        return new InterruptedException(group + " was cancelled: " + why);
    }

    /** Waits until all have ended, those included that are added meanwhile. */
    void join() throws InterruptedException {
        for (var batch = list(); !batch.isEmpty(); batch = list()) {
            for (var subtask : batch) {
                subtask.member().thread().join();
            }
            synchronized (crew) {
                sweep();
            }
        }
    }

    /** As {@link #join}, whatever happens; an interrupt stays set. */
    void joinUninterruptibly() {
        for (var batch = list(); !batch.isEmpty(); batch = list()) {
            batch.forEach(each -> Joins.untilEnded(each.member().thread()));
            synchronized (crew) {
                sweep();
            }
        }
    }

    private void sweep() {
        crew.removeIf(each -> !each.member().thread().isAlive());
    }
}
