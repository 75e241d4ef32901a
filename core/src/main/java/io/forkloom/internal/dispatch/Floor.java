package io.forkloom.internal.dispatch;

import io.forkloom.event.CrashReport;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import io.forkloom.internal.time.Ticks;
import java.util.List;
import java.util.Optional;

/**
 * Where all is decided: what happens to a task from its acceptance to its end, and what follows from what a worker tells.
 * No thread and no lock of its own: guarded by the dispatcher's. What a decision leads to is noted in an {@link After}.
 */
final class Floor<C> implements Clocks.Listener<C> {
    private final WaitingRoom<C> waiting;
    private final Clocks<C> clocks;
    private final Posts<C> posts;
    private final Crew<C> crew;
    private final Dealer<C> dealer;
    private final Endings<C> endings = new Endings<>();

    /** Why nothing is started any more. */
    private Optional<String> over = Optional.empty();
    /** Why what runs is ended too. */
    private Optional<String> struck = Optional.empty();

    Floor(WaitingRoom<C> waiting, Posts<C> posts, Clocks.Later<C> later) {
        this.waiting = waiting;
        this.posts = posts;
        this.crew = posts.crew();
        this.clocks = new Clocks<>(crew, later, this);
        this.dealer = new Dealer<>(waiting, posts, clocks, later);
    }

    boolean hasRoomFor(QueuedTask<C> task) {
        return (waiting.isEmpty() && crew.hasIdle()) || waiting.hasRoomFor(task);
    }

    boolean isEmpty() {
        return endings.allEnded();
    }

    PoolStats stats(long started) {
        return endings.stats(posts, waiting.size(), started);
    }

    void accept(QueuedTask<C> task, After<C> after) {
        waiting.add(task);
        endings.begin(task);
        clocks.waits(task);
        dealer.assign(after);
    }

    @Override
    public void waitedEnough(QueuedTask<C> task, After<C> after) {
        var load = task.load;
        if (load != null && task.state instanceof Given) {
            crew.withdraw(load, waiting); // it may stand behind another one
        }
        if (task.state instanceof Waiting) {
            waiting.remove(task);
            endings.step(
                    task,
                    new Event.Strike(
                            false,
                            Endings.never(
                                    task,
                                    "no worker could turn to it within "
                                            + Ticks.words(task.limits.waiting().orElseThrow()))),
                    after);
        }
        dealer.assign(after);
    }

    /** Whether the task will end with this verdict; false where its end was decided before. */
    boolean strike(QueuedTask<C> task, Ending verdict, After<C> after) {
        var load = task.load;
        if (load != null && task.state instanceof Given) {
            crew.withdraw(load, waiting);
        }
        if (task.state instanceof Waiting) {
            waiting.remove(task);
            endings.step(task, new Event.Strike(false, verdict), after);
        } else if (load != null && task.state instanceof Given && !isOver(load, task)) {
            stop(load, task, verdict, after);
        } else {
            return false;
        }
        dealer.assign(after);
        return true;
    }

    /** Its worker has finished it, or turned to a later one, or is dying: its end is on the way. */
    private boolean isOver(Load<C> load, QueuedTask<C> task) {
        return crew.find(load.worker) == null || load.isOver(task);
    }

    /**
     * Ends what is there: what runs as cancelled, what waits as not started; and starts nothing any more. A task whose
     * answer is on the way has that as its end, or, where its worker ends before it has come, is cancelled too.
     */
    void strikeAll(String reason, After<C> after) {
        over = Optional.of(over.orElse(reason));
        struck = Optional.of(reason);
        for (var load : List.copyOf(crew.serving())) {
            crew.withdraw(load, waiting);
            for (var task : List.copyOf(load.tasks)) {
                if (!load.isOver(task)) {
                    stop(load, task, new Ending.Cancelled(reason), after);
                }
            }
        }
        endWaiting(reason, after);
    }

    @Override
    public void ranOut(Load<C> load, QueuedTask<C> task, Limits.Lapse lapse, After<C> after) {
        // If the ledger says that it was not started though it was its turn, the worker is stopped or starved: the
        // task's time is over all the same, and so is the worker's.
        load.tasks.remove(task);
        crew.withdraw(load, waiting);
        load.tasks.addFirst(task);
        stop(load, task, new Ending.TimedOut(lapse, CrashReport.NONE, Optional.empty()), after);
        dealer.assign(after);
    }

    @Override
    public void abandon(QueuedTask<C> task, After<C> after) {
        endings.step(task, new Event.Abandon(), after);
    }

    /** What hangs on workers that do not die, or do not say so, ends now. */
    void abandonAll(String reason, After<C> after) {
        for (var task : crew.tasks()) {
            abandon(task, after);
            endings.step(task, new Event.Strike(false, new Ending.Cancelled(reason)), after);
        }
        endWaiting(reason, after);
    }

    void ready(Worker<C> worker, After<C> after) {
        posts.ready(worker);
        dealer.assign(after);
    }

    /** @param resident bytes of memory that the worker holds; 0 where nobody has looked */
    void answered(Worker<C> worker, List<Answered> answers, long resident, After<C> after) {
        var load = crew.know(worker);
        if (load == null) {
            return;
        }
        boolean serves = crew.find(worker) != null;
        for (var answer : answers) {
            if (answered(load, answer, after) && serves) {
                posts.finished(load, resident, after);
            }
        }
        var next = load.tasks.peekFirst();
        if (next != null && serves) {
            clocks.turnsTo(next);
        }
        dealer.assign(after);
        dealer.send(load, after);
    }

    /** Whether it is the end of a task; that of one that was struck was decided before, and it stays until its worker is gone. */
    private boolean answered(Load<C> load, Answered answer, After<C> after) {
        var task = crew.answered(load, answer.ticket());
        if (!(task.state instanceof Given)) {
            load.answered = task.ticket;
            return false;
        }
        task.pace.ran(answer.nanos());
        task.measured = answer.nanos();
        var ending = Endings.of(task, new Ending.Answered(answer.failed(), answer.payload()));
        endings.step(task, new Event.Answer(ending), after);
        crew.finished(load, task);
        if (!load.proven) {
            load.proven = true;
            after.proven();
        }
        return true;
    }

    /** The worker is at its end: it gets nothing any more, and what it has not turned to goes elsewhere at once. */
    void leaving(Worker<C> worker, After<C> after) {
        posts.leave(worker);
        var load = crew.find(worker);
        if (load != null) {
            crew.withdraw(load, waiting);
            crew.condemn(load);
        }
        dealer.assign(after);
    }

    /** Whether the worker died for something: at a task, or after it had finished one. */
    boolean gone(Worker<C> worker, Departure departure, After<C> after) {
        posts.leave(worker);
        var load = crew.know(worker);
        if (load == null) {
            return false;
        }
        crew.withdraw(load, waiting);
        boolean forSomething = load.proven || !load.tasks.isEmpty();
        for (var task = load.tasks.peekFirst(); task != null; task = load.tasks.peekFirst()) {
            lose(load, task, departure, after);
            // Not before its end is noted: where there is no memory for that, we are called again.
            load.tasks.removeFirst();
        }
        crew.leave(worker);
        over.ifPresent(reason -> endWaiting(reason, after));
        dealer.assign(after);
        return forSomething;
    }

    /** The worker died while it ran this task. */
    private void lose(Load<C> load, QueuedTask<C> task, Departure departure, After<C> after) {
        var report = departure.report().of(load.worker.pulse(task.ticket).progress(), load.before());
        var ending = struck.isPresent() && departure.exit().reason().isPresent()
                ? new Ending.Cancelled(struck.get())
                : Endings.of(departure, report);
        int attempt = task.attempt();
        if (task.state instanceof Given && over.isEmpty() && task.retries.apply(ending, attempt)) {
            task.earlier.add(ending);
            task.heap = Math.max(task.heap, task.retries.heapAfter(ending));
            after.retried(task, ending, attempt);
            waiting.add(task); // behind the others, which may be better off without it
            task.giveBack();
            clocks.waits(task);
        } else {
            endings.step(task, new Event.Lose(ending, report), after);
        }
    }

    /** No larger worker came up: whatever waits for it ends as its last attempt did. */
    void noLarger(String reason, After<C> after) {
        var heap = Annex.words(waiting.largestHeap());
        int tasks = 0;
        for (var task = waiting.peekLarger(); task != null; task = waiting.peekLarger()) {
            waiting.remove(task);
            endings.step(task, new Event.Strike(false, Endings.never(task, reason)), after);
            tasks++;
        }
        after.warn(
                "no worker with a heap of " + heap + " could be started, so what was to be started again in it is not: "
                        + tasks + (tasks == 1 ? " task; " : " tasks; ") + reason);
        dealer.assign(after);
    }

    /** No worker will come any more. */
    void broken(String reason, After<C> after) {
        over = Optional.of(over.orElse(reason));
        posts.freeze();
        endWaiting(reason, after);
    }

    void unreadable(QueuedTask<C> task, String problem, After<C> after) {
        endings.unreadable(task, problem, after);
    }

    /** The task that has this ticket, or had it just now. */
    Optional<Load.Ran> ran(Worker<C> worker, long ticket) {
        var load = crew.know(worker);
        return load == null ? Optional.empty() : load.ran(ticket);
    }

    /** The first of its tasks, in words. */
    Optional<String> at(Worker<C> worker) {
        return Optional.ofNullable(crew.know(worker))
                .map(load -> load.tasks.peekFirst())
                .map(QueuedTask::inWords);
    }

    private void stop(Load<C> load, QueuedTask<C> task, Ending verdict, After<C> after) {
        endings.step(task, new Event.Strike(true, verdict), after);
        clocks.stops(task);
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
            endings.step(task, new Event.Strike(false, Endings.never(task, reason)), after);
        }
    }
}
