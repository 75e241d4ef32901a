package io.forkloom.internal.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Deals out the tasks that wait: which one goes to which worker, and what is taken back because another could do it
 * sooner. No lock of its own: guarded by the dispatcher's.
 */
final class Dealer<C> {
    /** So long a short call may run with others behind it. */
    private static final long SLOW = 20_000_000; // 20 ms

    /** A worker that has so many calls need not be sent another one at once: what it answers leads to that. */
    private static final int BUSY = 2;

    /** But so many are not kept back. */
    private static final int BATCH = 16;

    private final WaitingRoom<C> waiting;
    private final Posts<C> posts;
    private final Crew<C> crew;
    private final Annex<C> annex;
    private final Clocks<C> clocks;
    private final Clocks.Later<C> later;

    Dealer(WaitingRoom<C> waiting, Posts<C> posts, Clocks<C> clocks, Clocks.Later<C> later) {
        this.waiting = waiting;
        this.posts = posts;
        this.crew = posts.crew();
        this.annex = posts.annex();
        this.clocks = clocks;
        this.later = later;
    }

    /** After anything that has changed: whoever can get something gets it. */
    void assign(After<C> after) {
        posts.man(after);
        dealLarger(after);
        deal(after);
        lookForIdle();
    }

    private void lookForIdle() {
        var in = posts.lookForIdleIn();
        if (in.isPresent()) {
            later.after(in.getAsLong(), after -> {
                posts.dismissIdle(after);
                lookForIdle();
            });
        }
    }

    private void dealLarger(After<C> after) {
        annex.dismiss(waiting.peekLarger(), after);
        var task = waiting.peekLarger();
        var load = annex.placeFor(task);
        if (load != null && task != null) {
            give(load, task, after);
        }
        if (annex.want(waiting.largestHeap())) {
            after.missing();
        }
    }

    private void deal(After<C> after) {
        if (annex.isNext(waiting.peekLarger())) {
            return;
        }
        share();
        for (var task = waiting.peek(); task != null; task = waiting.peek()) {
            var load = crew.placeFor(task, annex.leavesRoom());
            if (load == null && annex.leavesRoom() && posts.grow(after)) {
                load = crew.placeFor(task, true);
            }
            if (load == null) {
                return;
            }
            give(load, task, after);
        }
    }

    private void give(Load<C> load, QueuedTask<C> task, After<C> after) {
        crew.give(load, task);
        waiting.remove(task);
        if (load.tasks.size() - load.unsent < BUSY || load.unsent >= BATCH) {
            send(load, after);
        }
        if (load.tasks.size() == 1) {
            clocks.turnsTo(task);
        } else if (!load.guarded) {
            guard(load);
        }
    }

    /** What was given to the worker is sent, all in one. */
    void send(Load<C> load, After<C> after) {
        if (load.unsent > 0) {
            after.flush(load.worker);
            load.unsent = 0;
        }
    }

    /** What stands behind a call that turns out to be slow waits no longer for it than this. */
    private void guard(Load<C> load) {
        long ticket = load.tasks.getFirst().ticket;
        later.after(SLOW, after -> unblock(load, ticket, after));
        load.guarded = true;
    }

    /** Looks whether the worker is still at the call with this ticket. */
    private void unblock(Load<C> load, long ticket, After<C> after) {
        load.guarded = false;
        if (load.tasks.size() > 1 && crew.find(load.worker) != null) {
            if (load.tasks.getFirst().ticket == ticket) {
                load.slow = ticket;
                crew.withdraw(load, waiting);
            } else {
                guard(load);
            }
            assign(after);
        }
    }

    /** A worker that has nothing takes over what stands behind a task of another one. */
    private void share() {
        @Nullable
        Load<C> overloaded = waiting.isEmpty() && crew.hasIdle() && annex.leavesRoom() ? crew.overloaded() : null;
        if (overloaded != null) {
            crew.withdraw(overloaded, waiting);
        }
    }
}
