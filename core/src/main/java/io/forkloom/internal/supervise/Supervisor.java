package io.forkloom.internal.supervise;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.SlotState.Event;
import io.forkloom.internal.supervise.SlotState.Serving;
import io.forkloom.internal.supervise.SlotState.Starting;
import io.forkloom.internal.supervise.SlotState.Vacant;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the slots of a pool filled; see the package for threads and locks. */
public final class Supervisor<C> implements WorkerEvents<C> {
    /** After SIGKILL only the kernel can keep a process; it is not waited for longer than this. */
    private static final long LAST_WAIT = 5_000_000_000L; // 5 s

    private final Spawner<C> spawner;
    private final RestartBudget budget;
    private final Alarms alarms;
    private final Consumer<PoolEvent> events;
    private final Listener<C> listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allGone = lock.newCondition();
    private final SlotState[] slots;
    /** All workers that are not gone, condemned ones too. */
    private final Set<Worker<C>> living = new HashSet<>();

    private boolean stopped;
    private long started;

    /** Whoever uses the workers. */
    public interface Listener<C> {
        void ready(Worker<C> worker);

        void answered(Worker<C> worker, long ticket, boolean failed, long nanos, @Nullable Object payload);

        void printed(Worker<C> worker, long ticket, boolean error, String line);

        /** It gets nothing any more. */
        void leaving(Worker<C> worker);

        /** Whether the worker died for something: at a task, or after it had finished one. */
        boolean gone(Worker<C> worker, Departure departure);

        /** No worker will be started any more; those that serve go on. */
        void broken(String reason);
    }

    public Supervisor(
            int size,
            Spawner<C> spawner,
            RestartBudget budget,
            Alarms alarms,
            Consumer<PoolEvent> events,
            Listener<C> listener) {
        this.spawner = spawner;
        this.budget = budget;
        this.alarms = alarms;
        this.events = events;
        this.listener = listener;
        this.slots = new SlotState[size];
        Arrays.fill(slots, new Vacant(0));
    }

    /** Starts the workers; does not wait for them. */
    public void open() {
        for (int slot = 0; slot < slots.length; slot++) {
            start(slot);
        }
    }

    /**
     * Ends the worker. Its slot is filled anew at once, and it is buried by its keeper; one that cannot be killed keeps
     * its slot until it has ended, or there would be more and more of them.
     */
    public void condemn(Worker<C> worker, String reason, Manner manner) {
        if (!worker.canBeKilled()) {
            worker.end(reason, manner);
            return;
        }
        int slot = worker.id().slot();
        lock.lock();
        try {
            slots[slot] = slots[slot].next(new Event.Condemned(worker.id().generation()));
        } finally {
            lock.unlock();
        }
        worker.end(reason, manner);
        start(slot);
    }

    /** A task came to its end in a worker: the workers are fit for work. */
    public void taskFinished() {
        lock.lock();
        try {
            budget.finished();
        } finally {
            lock.unlock();
        }
    }

    /** From now on no worker is started. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    /** Workers started so far. */
    public long started() {
        lock.lock();
        try {
            return started;
        } finally {
            lock.unlock();
        }
    }

    /** Asks all workers to end, stops those that have not after the grace, and waits for that, within a bound. */
    public void close(Duration grace) {
        endAll(Manner.ASK);
        boolean interrupted = Thread.interrupted();
        if (!interrupted) {
            try {
                awaitAllGone(Ticks.of(grace));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        endAll(Manner.KILL);
        long deadline = Ticks.now() + LAST_WAIT;
        while (deadline - Ticks.now() > 0) {
            try {
                awaitAllGone(deadline - Ticks.now());
                break;
            } catch (InterruptedException e) {
                interrupted = true; // bounded already
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endAll(Manner manner) {
        List<Worker<C>> all;
        lock.lock();
        try {
            stopped = true;
            for (int slot = 0; slot < slots.length; slot++) {
                slots[slot] = slots[slot].next(new Event.Close());
            }
            all = List.copyOf(living);
        } finally {
            lock.unlock();
        }
        all.forEach(worker -> worker.end("the pool was closed", manner));
    }

    private void awaitAllGone(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = nanos; !living.isEmpty() && left > 0; ) {
                left = allGone.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void start(int slot) {
        spawn(slot).ifPresent(failure -> {
            events.accept(new PoolEvent.WorkerEnded(failure.exit(), failure.report()));
            restartAfterFailure(slot, true, failure);
        });
    }

    /** Puts a worker into a vacant slot; what is to be said where that failed. */
    private Optional<Departure> spawn(int slot) {
        lock.lock();
        try {
            if (stopped || !(slots[slot] instanceof Vacant)) {
                return Optional.empty();
            }
            slots[slot] = slots[slot].next(new Event.Start());
            var id = new WorkerId(slot, slots[slot].generation());
            started++;
            events.accept(new PoolEvent.WorkerStarted(id));
            try {
                living.add(spawner.spawn(id, this));
                return Optional.empty();
            } catch (RuntimeException | Error e) { // no thread was to be had, most likely
                slots[slot] = slots[slot].next(new Event.Gone(id.generation()));
                return Optional.of(Departure.unmet(id, Optional.empty(), "the worker could not be started: " + e));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ready(Worker<C> worker, long pid, Duration after) {
        boolean serves;
        lock.lock();
        try {
            int slot = worker.id().slot();
            slots[slot] = slots[slot].next(new Event.Ready(worker.id().generation()));
            serves = slots[slot].equals(new Serving(worker.id().generation()));
            budget.ready();
        } finally {
            lock.unlock();
        }
        if (serves) {
            events.accept(new PoolEvent.WorkerReady(worker.id(), pid, after));
            listener.ready(worker);
        }
    }

    @Override
    public void answered(Worker<C> worker, long ticket, boolean failed, long nanos, @Nullable Object payload) {
        listener.answered(worker, ticket, failed, nanos, payload);
    }

    @Override
    public void printed(Worker<C> worker, long ticket, boolean error, String line) {
        listener.printed(worker, ticket, error, line);
    }

    @Override
    public void leaving(Worker<C> worker) {
        listener.leaving(worker);
    }

    @Override
    public void gone(Worker<C> worker, Departure departure) {
        try {
            succeed(worker, departure);
        } finally {
            buried(worker);
        }
    }

    private void succeed(Worker<C> worker, Departure departure) {
        boolean forSomething = listener.gone(worker, departure);
        events.accept(new PoolEvent.WorkerEnded(departure.exit(), departure.report()));
        int slot = worker.id().slot();
        boolean startFailed;
        boolean idleDied;
        lock.lock();
        try {
            var before = slots[slot];
            slots[slot] = before.next(new Event.Gone(worker.id().generation()));
            boolean left = !before.equals(slots[slot]);
            // A condemned worker has left before: so this one ended by itself, or its keeper gave it up.
            startFailed = left && before instanceof Starting;
            idleDied = left && before instanceof Serving && !forSomething;
        } finally {
            lock.unlock();
        }
        if (startFailed || idleDied) {
            restartAfterFailure(slot, startFailed, departure);
        } else {
            start(slot);
        }
    }

    private void restartAfterFailure(int slot, boolean startFailed, Departure departure) {
        var delay = failed(startFailed);
        if (delay.isEmpty()) {
            giveUp(departure);
        } else if (delay.getAsLong() == 0) {
            start(slot);
        } else {
            alarms.after(delay.getAsLong(), () -> start(slot));
        }
    }

    private OptionalLong failed(boolean startFailed) {
        lock.lock();
        try {
            return startFailed ? budget.startFailed() : budget.idleDied(Ticks.now());
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(Departure departure) {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
        } finally {
            lock.unlock();
        }
        String reason = "its workers died again and again before they had finished a task (" + budget + "); the last: "
                + departure.exit()
                + departure.startProblem().map(problem -> ": " + problem).orElse("") + departure.report();
        events.accept(new PoolEvent.PoolBroken(reason));
        listener.broken(reason);
    }

    /** Last of all, so that close() returns only when everything about a worker has been told. */
    private void buried(Worker<C> worker) {
        lock.lock();
        try {
            living.remove(worker);
            if (living.isEmpty()) {
                allGone.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
