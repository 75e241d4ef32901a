package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolStats;
import io.forkloom.internal.dispatch.TaskState.Ended;
import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.Worker;
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
        void deadline(QueuedTask<C> task);

        /** A stopped task whose worker does not die. */
        void abandon(QueuedTask<C> task);
    }

    private final WaitingRoom<C> waiting;
    private final Clock<C> clock;
    private final Crew<C> crew = new Crew<>();
    private final Tally tally = new Tally();
    /** Accepted and not ended. */
    private long open;

    private Optional<String> broken = Optional.empty();

    Floor(WaitingRoom<C> waiting, Clock<C> clock) {
        this.waiting = waiting;
        this.clock = clock;
    }

    boolean hasRoomFor(QueuedTask<C> task) {
        return (waiting.isEmpty() && crew.hasIdle()) || waiting.hasRoomFor(task);
    }

    boolean isEmpty() {
        return open == 0;
    }

    PoolStats stats(int workers, long started) {
        return tally.snapshot(workers, crew.size(), waiting.size(), started);
    }

    void accept(QueuedTask<C> task, After<C> after) {
        tally.submitted++;
        open++;
        task.id = tally.submitted;
        task.acceptedAt = Ticks.now();
        waiting.add(task);
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
        } else if (load != null && task.state instanceof Given) {
            stop(load, task, verdict, after);
        } else {
            return false;
        }
        assign(after);
        return true;
    }

    /** Ends what is there: what runs as cancelled, what waits as not started. */
    void strikeAll(String reason, After<C> after) {
        for (var load : List.copyOf(crew.serving())) {
            waiting.putBack(crew.withdraw(load));
            for (var task : List.copyOf(load.tasks)) {
                stop(load, task, new Ending.Cancelled(reason), after);
            }
        }
        endWaiting(reason, after);
    }

    /** The deadline of a task that had this ticket has come. */
    void timeUp(QueuedTask<C> task, long ticket, After<C> after) {
        var load = task.load;
        if (load == null || task.ticket != ticket || !(task.state instanceof Given)) {
            return; // it ended just now, or waits again
        }
        // If the ledger says that it was not started though it was its turn, the worker is stopped or starved: the
        // task's time is over all the same, and so is the worker's.
        load.tasks.remove(task);
        waiting.putBack(crew.withdraw(load));
        load.tasks.addFirst(task);
        stop(load, task, new Ending.TimedOut(), after);
        assign(after);
    }

    void abandon(QueuedTask<C> task, After<C> after) {
        step(task, new Event.Abandon(), after);
    }

    void abandonAll(After<C> after) {
        crew.condemnedTasks().forEach(task -> abandon(task, after));
    }

    void ready(Worker<C> worker, After<C> after) {
        crew.join(worker);
        assign(after);
    }

    void answered(Worker<C> worker, long ticket, Ending.Answered answer, long nanos, After<C> after) {
        var load = crew.find(worker);
        if (load == null) {
            return; // condemned: the end of what it ran is decided
        }
        var task = crew.finished(load, ticket);
        task.pace.ran(nanos);
        if (!load.proven) {
            load.proven = true;
            after.proven();
        }
        step(task, new Event.Answer(answer), after);
        var next = load.tasks.peekFirst();
        if (next != null) {
            turnTo(next);
        }
        assign(after);
    }

    /** Whether the worker died for something: at a task, or after it had finished one. */
    boolean gone(Worker<C> worker, Departure departure, After<C> after) {
        var load = crew.leave(worker);
        if (load == null) {
            return false;
        }
        waiting.putBack(crew.withdraw(load));
        var ending = departure.outOfMemory()
                ? new Ending.OutOfMemory(departure.exit(), departure.report())
                : new Ending.Crashed(departure.exit(), departure.report());
        for (var task : load.tasks) {
            step(task, new Event.Lose(ending), after);
        }
        broken.ifPresent(reason -> endWaiting(reason, after));
        assign(after);
        return load.proven || !load.tasks.isEmpty();
    }

    /** No worker will come any more. */
    void broken(String reason, After<C> after) {
        broken = Optional.of(reason);
        endWaiting(reason, after);
    }

    private void assign(After<C> after) {
        share();
        for (var task = waiting.peek(); task != null; task = waiting.peek()) {
            var load = crew.placeFor(task);
            if (load == null) {
                return;
            }
            waiting.poll();
            crew.give(load, task);
            if (load.tasks.size() == 1) {
                turnTo(task);
            }
            after.flush(load.worker);
        }
    }

    /** The task is the first of its worker's now: its time begins. */
    private void turnTo(QueuedTask<C> task) {
        task.turnedToAt = Ticks.now();
        clock.deadline(task);
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
        crew.condemn(load);
        after.condemn(
                load.worker,
                verdict instanceof Ending.Cancelled(var why)
                        ? task.label() + " was cancelled: " + why
                        : task.label() + " ran longer than its deadline");
    }

    private void endWaiting(String reason, After<C> after) {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            step(task, new Event.Strike(false, new Ending.NotStarted(reason)), after);
        }
    }

    private void step(QueuedTask<C> task, Event event, After<C> after) {
        boolean wasOpen = !(task.state instanceof Ended);
        task.state = task.state.next(event);
        if (wasOpen && task.state instanceof Ended(var ending)) {
            task.end();
            tally.add(ending);
            open--;
            after.tell(task, ending);
        }
    }
}
