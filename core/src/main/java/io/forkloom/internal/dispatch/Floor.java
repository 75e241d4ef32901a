package io.forkloom.internal.dispatch;

import io.forkloom.event.CrashReport;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.dispatch.TaskState.Ended;
import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Ticks;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where all is decided: which task goes to which worker, and how it ends. No thread and no lock of its own: guarded by
 * the dispatcher's. What a decision leads to is noted in an {@link After}.
 */
final class Floor<C> {
    /** Sets alarms for tasks; they come back through the dispatcher. */
    interface Clock<C> {
        /** Look at the clocks of a task that runs, so many nanoseconds from now. */
        void look(QueuedTask<C> task, long nanos);

        /** A task may wait no longer, so many nanoseconds from now. */
        void waitedEnough(QueuedTask<C> task, long nanos);

        /** A stopped task whose worker does not die. */
        void abandon(QueuedTask<C> task);

        /** See {@link #unblock}, a moment from now. */
        void guard(Load<C> load, long ticket);

        /** Look for workers that have nothing to do, so many nanoseconds from now. */
        void lookForIdle(long nanos);
    }

    /** How long the answer of a task that is over may take before its deadline is looked at again. */
    private static final long PATIENCE = 100_000_000; // 100 ms

    private final WaitingRoom<C> waiting;
    private final Clock<C> clock;
    private final Posts<C> posts;
    private final Crew<C> crew;
    private final Tally tally = new Tally();
    /** Accepted and not ended. */
    private long open;

    /** Why nothing is started any more. */
    private Optional<String> over = Optional.empty();

    Floor(WaitingRoom<C> waiting, Posts<C> posts, Clock<C> clock) {
        this.waiting = waiting;
        this.posts = posts;
        this.crew = posts.crew();
        this.clock = clock;
    }

    boolean hasRoomFor(QueuedTask<C> task) {
        return (waiting.isEmpty() && crew.hasIdle()) || waiting.hasRoomFor(task);
    }

    boolean isEmpty() {
        return open == 0;
    }

    PoolStats stats(long started) {
        return tally.snapshot(posts.target(), crew.size(), posts.spares(), waiting.size(), started);
    }

    void accept(QueuedTask<C> task, After<C> after) {
        tally.submitted++;
        open++;
        task.id = tally.submitted;
        task.acceptedAt = Ticks.now();
        waiting.add(task);
        limitWaiting(task);
        assign(after);
    }

    private void limitWaiting(QueuedTask<C> task) {
        task.limits.waiting().ifPresent(limit -> clock.waitedEnough(task, Ticks.of(limit)));
    }

    /** The time that a task may wait is over. */
    void waitedEnough(QueuedTask<C> task, After<C> after) {
        var load = task.load;
        if (load != null && task.state instanceof Given) {
            waiting.putBack(crew.withdraw(load)); // it may stand behind another one
        }
        if (task.state instanceof Waiting) {
            waiting.remove(task);
            step(
                    task,
                    new Event.Strike(
                            false,
                            neverAgain(
                                    task,
                                    "no worker could turn to it within "
                                            + Ticks.words(task.limits.waiting().orElseThrow()))),
                    after);
        }
        assign(after);
    }

    /** Whether the task will end with this verdict; false where its end was decided before. */
    boolean strike(QueuedTask<C> task, Ending verdict, After<C> after) {
        var load = task.load;
        if (load != null && task.state instanceof Given) {
            waiting.putBack(crew.withdraw(load));
        }
        if (task.state instanceof Waiting) {
            waiting.remove(task);
            step(task, new Event.Strike(false, verdict), after);
        } else if (load != null && task.state instanceof Given && !isOver(load, task)) {
            stop(load, task, verdict, after);
        } else {
            return false;
        }
        assign(after);
        return true;
    }

    /** Its worker has finished it, or turned to a later one, or is dying: its end is on the way. */
    private boolean isOver(Load<C> load, QueuedTask<C> task) {
        return crew.find(load.worker) == null || task.ticket <= load.worker.finished();
    }

    /** Ends what is there: what runs as cancelled, what waits as not started; and starts nothing any more. */
    void strikeAll(String reason, After<C> after) {
        over = Optional.of(over.orElse(reason));
        for (var load : List.copyOf(crew.serving())) {
            waiting.putBack(crew.withdraw(load));
            for (var task : List.copyOf(load.tasks)) {
                stop(load, task, new Ending.Cancelled(reason), after);
            }
        }
        endWaiting(reason, after);
    }

    /** Looks at the clocks of a task that had this ticket. */
    void look(QueuedTask<C> task, long ticket, After<C> after) {
        var load = task.load;
        if (load == null || task.ticket != ticket || !(task.state instanceof Given) || crew.find(load.worker) == null) {
            return; // it ended just now, or waits again, or its worker dies
        }
        switch (verdict(load, task)) {
            case Limits.Verdict.Free() -> {}
            case Limits.Verdict.Wait(long nanos) -> clock.look(task, nanos);
            case Limits.Verdict.Interrupt(var lapse) -> {
                task.interrupted = Optional.of(lapse);
                after.interrupt(load.worker, ticket);
                look(task, ticket, after);
            }
            case Limits.Verdict.Stop(var lapse) -> {
                if (isOver(load, task) && task.patience > 0) {
                    task.patience--; // its answer is on the way; a worker that only says so is not believed for ever
                    clock.look(task, PATIENCE);
                } else {
                    timeUp(load, task, lapse, after);
                }
            }
        }
    }

    private Limits.Verdict verdict(Load<C> load, QueuedTask<C> task) {
        return task.limits.look(
                task.turnedToAt, task.interrupted.isPresent(), load.worker.pulse(task.ticket), Ticks.now());
    }

    private void timeUp(Load<C> load, QueuedTask<C> task, Limits.Lapse lapse, After<C> after) {
        // If the ledger says that it was not started though it was its turn, the worker is stopped or starved: the
        // task's time is over all the same, and so is the worker's.
        load.tasks.remove(task);
        waiting.putBack(crew.withdraw(load));
        load.tasks.addFirst(task);
        stop(load, task, new Ending.TimedOut(lapse, CrashReport.NONE, Optional.empty()), after);
        assign(after);
    }

    void abandon(QueuedTask<C> task, After<C> after) {
        step(task, new Event.Abandon(), after);
    }

    /** What hangs on workers that do not die ends now. */
    void abandonAll(String reason, After<C> after) {
        for (var task : crew.condemnedTasks()) {
            abandon(task, after);
            step(task, new Event.Strike(false, new Ending.Cancelled(reason)), after);
        }
        endWaiting(reason, after);
    }

    void ready(Worker<C> worker, After<C> after) {
        posts.ready(worker);
        assign(after);
    }

    /** @param resident bytes of memory that the worker holds; 0 where nobody has looked */
    void answered(Worker<C> worker, long ticket, Ending.Answered answer, long nanos, long resident, After<C> after) {
        var load = crew.know(worker);
        if (load == null) {
            return;
        }
        var first = load.tasks.peekFirst();
        if (first != null && first.ticket == ticket && !(first.state instanceof Given)) {
            return; // struck: its end is decided
        }
        var task = crew.finished(load, ticket);
        task.pace.ran(nanos);
        task.measured = nanos;
        if (!load.proven) {
            load.proven = true;
            after.proven();
        }
        boolean serves = crew.find(worker) != null;
        if (serves) {
            posts.finished(load, resident, after);
        }
        step(task, new Event.Answer(asInterrupted(task, answer)), after);
        var next = load.tasks.peekFirst();
        if (next != null && serves) {
            turnTo(next);
        }
        assign(after);
    }

    /** The worker is at its end: it gets nothing any more, and what it has not turned to goes elsewhere at once. */
    void leaving(Worker<C> worker, After<C> after) {
        posts.leave(worker);
        var load = crew.find(worker);
        if (load != null) {
            waiting.putBack(crew.withdraw(load));
            crew.condemn(load);
        }
        assign(after);
    }

    /** A task that fails after its soft limit has struck has run out of time, and not failed. */
    private static Ending asInterrupted(QueuedTask<?> task, Ending.Answered answer) {
        return answer.failed() && task.interrupted.isPresent()
                ? new Ending.TimedOut(task.interrupted.get(), CrashReport.NONE, Optional.of(answer))
                : answer;
    }

    /** Whether the worker died for something: at a task, or after it had finished one. */
    boolean gone(Worker<C> worker, Departure departure, After<C> after) {
        posts.leave(worker);
        var load = crew.leave(worker);
        if (load == null) {
            return false;
        }
        waiting.putBack(crew.withdraw(load));
        for (var task : load.tasks) {
            lose(load, task, departure, after);
        }
        over.ifPresent(reason -> endWaiting(reason, after));
        assign(after);
        return load.proven || !load.tasks.isEmpty();
    }

    /** The worker died while it ran this task. */
    private void lose(Load<C> load, QueuedTask<C> task, Departure departure, After<C> after) {
        var report = departure.report().of(load.worker.pulse(task.ticket).progress(), load.before());
        var ending = departure
                .outOfMemory()
                .<Ending>map(kind -> new Ending.OutOfMemory(kind, departure.exit(), report))
                .orElseGet(() -> new Ending.Crashed(departure.exit(), report));
        int attempt = task.earlier.size() + 1;
        if (task.state instanceof Given && over.isEmpty() && task.retries.apply(ending, attempt)) {
            task.earlier.add(ending);
            task.giveBack();
            waiting.add(task); // behind the others, which may be better off without it
            limitWaiting(task);
            after.retried(task, ending, attempt);
        } else {
            step(task, new Event.Lose(ending, report), after);
        }
    }

    /** The end of a task that waits and will not be started, or not again. */
    private static Ending neverAgain(QueuedTask<?> task, String reason) {
        return task.earlier.isEmpty() ? new Ending.NotStarted(reason) : task.earlier.getLast();
    }

    /** No worker will come any more. */
    void broken(String reason, After<C> after) {
        over = Optional.of(over.orElse(reason));
        posts.freeze();
        endWaiting(reason, after);
    }

    /** The task that has this ticket, or had it just now. */
    Optional<Load.Ran> ran(Worker<C> worker, long ticket) {
        var load = crew.know(worker);
        return load == null ? Optional.empty() : load.ran(ticket);
    }

    private void assign(After<C> after) {
        posts.man(after);
        deal(after);
        posts.lookForIdleIn().ifPresent(clock::lookForIdle);
    }

    private void deal(After<C> after) {
        share();
        for (var task = waiting.peek(); task != null; task = waiting.peek()) {
            var load = crew.placeFor(task);
            if (load == null && posts.grow(after)) {
                load = crew.placeFor(task);
            }
            if (load == null) {
                return;
            }
            waiting.poll();
            crew.give(load, task);
            if (load.tasks.size() == 1) {
                turnTo(task);
            } else if (!load.guarded) {
                guard(load);
            }
            after.flush(load.worker);
        }
    }

    /** The task is the first of its worker's now: its time begins. */
    private void turnTo(QueuedTask<C> task) {
        task.turnedToAt = Ticks.now();
        task.limits.first().ifPresent(nanos -> clock.look(task, nanos));
    }

    /** What stands behind a call that turns out to be slow waits no longer for it than this. */
    private void guard(Load<C> load) {
        load.guarded = true;
        long ticket = load.tasks.getFirst().ticket;
        clock.guard(load, ticket);
    }

    /** Looks whether the worker is still at the call with this ticket. */
    void unblock(Load<C> load, long ticket, After<C> after) {
        load.guarded = false;
        if (load.tasks.size() > 1 && crew.find(load.worker) != null) {
            if (load.tasks.getFirst().ticket == ticket) {
                load.slow = ticket;
                waiting.putBack(crew.withdraw(load));
            } else {
                guard(load);
            }
            assign(after);
        }
    }

    /** A worker that has nothing takes over what stands behind a task of another one. */
    private void share() {
        @Nullable Load<C> overloaded = waiting.isEmpty() && crew.hasIdle() ? crew.overloaded() : null;
        if (overloaded != null) {
            waiting.putBack(crew.withdraw(overloaded));
        }
    }

    private void stop(Load<C> load, QueuedTask<C> task, Ending verdict, After<C> after) {
        step(task, new Event.Strike(true, verdict), after);
        task.cancelAlarm();
        clock.abandon(task);
        posts.leave(load.worker);
        crew.condemn(load);
        after.condemn(
                load.worker,
                verdict instanceof Ending.Cancelled(var why)
                        ? task.label() + " was cancelled: " + why
                        : task.label() + " ran out of time",
                verdict instanceof Ending.TimedOut ? Manner.WITNESS : Manner.KILL);
    }

    private void endWaiting(String reason, After<C> after) {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            step(task, new Event.Strike(false, neverAgain(task, reason)), after);
        }
    }

    private void step(QueuedTask<C> task, Event event, After<C> after) {
        boolean wasOpen = !(task.state instanceof Ended);
        task.state = task.state.next(event);
        if (wasOpen && task.state instanceof Ended(var ending)) {
            task.end();
            tally.add(task, ending);
            open--;
            after.tell(task, ending);
        }
    }
}
