package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.RestartBudget;
import io.forkloom.internal.supervise.Spawner;
import io.forkloom.internal.supervise.Supervisor;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tasks of one pool; see the package for the picture. All methods may be called by any thread. */
public final class Dispatcher<C> implements Supervisor.Listener<C> {
    /** After a kill: longer than the keeper's own bounds, so that it is never the first to speak. */
    private static final long ABANDON = 10_000_000_000L; // 10 s

    private static final String CLOSED = "the pool was closed";

    /** Sizes and bounds of a pool. */
    public record Settings(int workers, int queue, long queueBytes, Duration drain, Duration grace) {}

    private final Settings settings;
    private final Alarms alarms;
    private final Consumer<PoolEvent> events;
    private final Supervisor<C> supervisor;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomFreed = lock.newCondition();
    private final Condition allEnded = lock.newCondition();
    private final WaitingRoom<C> waiting;
    private final Crew<C> crew = new Crew<>();
    private final Tally tally = new Tally();
    /** Accepted and not ended. */
    private long open;

    private Optional<Refusal> refusal = Optional.empty();
    private boolean closing;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Why no more tasks are taken. */
    public record Refusal(boolean broken, String reason) {}

    public Dispatcher(
            Settings settings,
            Function<Alarms, Spawner<C>> spawner,
            RestartBudget budget,
            String name,
            Consumer<PoolEvent> events) {
        this.settings = settings;
        this.alarms = new Alarms(name + "-alarms");
        this.events = events;
        this.waiting = new WaitingRoom<>(settings.queue(), settings.queueBytes());
        this.supervisor = new Supervisor<>(settings.workers(), spawner.apply(alarms), budget, alarms, events, this);
    }

    /** Starts the workers; does not wait for them. */
    public void open() {
        supervisor.open();
    }

    /** Waits for room and accepts the task; gives the reason where the pool takes none. */
    public Optional<Refusal> submit(QueuedTask<C> task) throws InterruptedException {
        var after = new After<C>();
        lock.lockInterruptibly();
        try {
            while (refusal.isEmpty() && !hasRoomFor(task)) {
                roomFreed.await();
            }
            if (refusal.isPresent()) {
                return refusal;
            }
            accept(task, after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
        return Optional.empty();
    }

    /** As {@link #submit} where there is room; false, and nothing accepted, where there is none. Never waits. */
    public boolean trySubmit(QueuedTask<C> task, Consumer<Refusal> refused) {
        var after = new After<C>();
        lock.lock();
        try {
            if (refusal.isPresent()) {
                refused.accept(refusal.get());
                return false;
            }
            if (!hasRoomFor(task)) {
                return false;
            }
            accept(task, after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
        return true;
    }

    /** Takes a task out of the queue or stops it; whether it will end as cancelled. Does not wait. */
    public boolean cancel(QueuedTask<C> task, String reason) {
        var after = new After<C>();
        lock.lock();
        try {
            if (!strike(task, new Ending.Cancelled(reason), after)) {
                return false;
            }
            assign(after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
        return true;
    }

    public PoolStats stats() {
        long started = supervisor.started();
        lock.lock();
        try {
            return tally.snapshot(settings.workers(), crew.size(), waiting.size(), started);
        } finally {
            lock.unlock();
        }
    }

    /** See the pool's close: refuse, drain, strike the rest, end the workers. A second call waits for the first. */
    public void close() {
        boolean first;
        lock.lock();
        try {
            first = !closing;
            closing = true;
            refusal = Optional.of(refusal.orElse(new Refusal(false, CLOSED)));
            roomFreed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!first) {
            awaitClosed();
            return;
        }
        drain();
        strikeAll();
        supervisor.close(settings.grace());
        abandonAll();
        alarms.close();
        closed.countDown();
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the first caller goes on closing
        }
    }

    private void drain() {
        lock.lock();
        try {
            for (long left = settings.drain().toNanos(); open > 0 && left > 0; ) {
                left = allEnded.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // waits no longer, and closes all the same
        } finally {
            lock.unlock();
        }
    }

    private void strikeAll() {
        var after = new After<C>();
        lock.lock();
        try {
            for (var load : List.copyOf(crew.serving())) {
                waiting.putBack(crew.withdraw(load));
                for (var task : List.copyOf(load.tasks)) {
                    strike(task, new Ending.Cancelled(CLOSED), after);
                }
            }
            endWaiting(new Ending.NotStarted(CLOSED), after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
    }

    private void abandonAll() {
        for (var task : struck()) {
            abandon(task);
        }
    }

    private List<QueuedTask<C>> struck() {
        lock.lock();
        try {
            return crew.condemnedTasks();
        } finally {
            lock.unlock();
        }
    }

    private void abandon(QueuedTask<C> task) {
        var after = new After<C>();
        lock.lock();
        try {
            step(task, new Event.Abandon(), after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
    }

    // From here to the listener: the lock is held.

    private boolean hasRoomFor(QueuedTask<C> task) {
        return (waiting.isEmpty() && crew.hasIdle()) || waiting.hasRoomFor(task);
    }

    private void accept(QueuedTask<C> task, After<C> after) {
        tally.submitted++;
        open++;
        task.id = tally.submitted;
        task.acceptedAt = Ticks.now();
        waiting.add(task);
        assign(after);
    }

    private void assign(After<C> after) {
        for (var task = waiting.peek(); task != null; task = waiting.peek()) {
            var load = crew.placeFor(task);
            var call = task.call;
            if (load == null || call == null) {
                return;
            }
            waiting.poll();
            roomFreed.signal();
            crew.give(load, task, call);
            if (load.tasks.size() == 1) {
                turnTo(task);
            }
            after.flush(load.worker);
        }
    }

    /** The task is the first of its worker's now: its time begins. */
    private void turnTo(QueuedTask<C> task) {
        task.turnedToAt = Ticks.now();
        long ticket = task.ticket;
        task.deadline.ifPresent(limit -> task.alarm = alarms.after(limit.toNanos(), () -> timeUp(task, ticket)));
    }

    /** Decides the end of a task before its worker does. */
    private boolean strike(QueuedTask<C> task, Ending verdict, After<C> after) {
        var load = task.load;
        if (load != null && task.state instanceof Given) {
            waiting.putBack(crew.withdraw(load));
        }
        if (task.state instanceof Waiting && task.id > 0) {
            waiting.remove(task);
            roomFreed.signal();
            step(task, new Event.Strike(false, verdict), after);
            return true;
        }
        if (load == null || !(task.state instanceof Given)) {
            return false;
        }
        stop(load, task, verdict, after);
        return true;
    }

    private void stop(Load<C> load, QueuedTask<C> task, Ending verdict, After<C> after) {
        step(task, new Event.Strike(true, verdict), after);
        crew.condemn(load);
        after.condemn(load.worker, reason(verdict, task));
        task.cancelAlarm();
        task.alarm = alarms.after(ABANDON, () -> abandon(task));
    }

    private static String reason(Ending verdict, QueuedTask<?> task) {
        return verdict instanceof Ending.Cancelled(var why)
                ? task.label() + " was cancelled: " + why
                : task.label() + " ran longer than its deadline";
    }

    private void step(QueuedTask<C> task, Event event, After<C> after) {
        boolean wasOpen = !(task.state instanceof TaskState.Ended);
        task.state = task.state.next(event);
        if (wasOpen && task.state instanceof TaskState.Ended(var ending)) {
            task.end();
            tally.add(ending);
            after.tell(task, ending);
            if (--open == 0) {
                allEnded.signalAll();
            }
        }
    }

    private void endWaiting(Ending ending, After<C> after) {
        for (var task = waiting.poll(); task != null; task = waiting.poll()) {
            step(task, new Event.Strike(false, ending), after);
        }
        roomFreed.signalAll();
    }

    private void timeUp(QueuedTask<C> task, long ticket) {
        var after = new After<C>();
        lock.lock();
        try {
            var load = task.load;
            if (load == null || task.ticket != ticket || !(task.state instanceof Given)) {
                return; // it ended just now, or waits again
            }
            // Not started though it was its turn: the worker is stopped or starved. Its time is over all the same.
            load.tasks.remove(task);
            waiting.putBack(crew.withdraw(load));
            load.tasks.addFirst(task);
            stop(load, task, new Ending.TimedOut(), after);
            assign(after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
    }

    // The listener: what keepers tell.

    @Override
    public void ready(Worker<C> worker) {
        var after = new After<C>();
        lock.lock();
        try {
            crew.join(worker);
            assign(after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
    }

    @Override
    public void answered(Worker<C> worker, long ticket, boolean failed, long nanos, @Nullable Object payload) {
        var after = new After<C>();
        lock.lock();
        try {
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
            step(task, new Event.Answer(new Ending.Answered(failed, payload)), after);
            var next = load.tasks.peekFirst();
            if (next != null) {
                turnTo(next);
            }
            share();
            assign(after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
    }

    /** A worker that has nothing takes over what stands behind a task of another one. */
    private void share() {
        var overloaded = waiting.isEmpty() && crew.hasIdle() ? crew.overloaded() : null;
        if (overloaded != null) {
            waiting.putBack(crew.withdraw(overloaded));
        }
    }

    @Override
    public boolean gone(Worker<C> worker, Departure departure) {
        var after = new After<C>();
        boolean costATask;
        boolean proven;
        lock.lock();
        try {
            var load = crew.leave(worker);
            if (load == null) {
                return false;
            }
            waiting.putBack(crew.withdraw(load));
            costATask = !load.tasks.isEmpty();
            proven = load.proven;
            var ending = departure.outOfMemory()
                    ? new Ending.OutOfMemory(departure.exit(), departure.report())
                    : new Ending.Crashed(departure.exit(), departure.report());
            for (var task : load.tasks) {
                step(task, new Event.Lose(true, ending), after);
            }
            if (refusal.isPresent() && refusal.get().broken()) {
                endWaiting(new Ending.NotStarted(refusal.get().reason()), after);
            }
            assign(after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
        return costATask || proven;
    }

    @Override
    public void broken(String reason) {
        var after = new After<C>();
        lock.lock();
        try {
            if (refusal.isEmpty()) {
                refusal = Optional.of(new Refusal(true, reason));
            }
            endWaiting(new Ending.NotStarted(reason), after);
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
    }
}
