package io.forkloom.internal.supervise;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.Slots.Death;
import io.forkloom.internal.supervise.Slots.Failure;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Alarms.Alarm;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the slots of a pool filled; see the package for threads and locks. */
public final class Supervisor<C> implements WorkerEvents<C> {
    /** After SIGKILL only the kernel can keep a process; it is not waited for longer than this. */
    private static final long LAST_WAIT = 5_000_000_000L; // 5 s

    /**
     * How much of everything there is.
     *
     * @param slots workers that there may be at the most, with those that retire
     * @param grace for workers that were asked to end, before they are killed
     */
    public record Bounds(int slots, Duration grace) {}

    private final Bounds bounds;
    private final Spawner<C> spawner;
    private final Alarms alarms;
    private final Consumer<PoolEvent> events;
    private final Listener<C> listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allGone = lock.newCondition();
    private final Slots slots;
    /** All workers that are not gone, condemned ones too. */
    private final Set<Worker<C>> living = new HashSet<>();

    /** Those that were asked to end, and when that is enough. */
    private final Map<Worker<C>, Alarm> retiring = new HashMap<>();

    private boolean stopped;

    /** Whoever uses the workers. */
    public interface Listener<C> {
        /** How many workers there are to be, besides those that retire. Asked for under a lock: must not take one. */
        int wanted();

        /** Bytes of the heap that one more worker is to have, which is larger than the others; 0 for none. As {@link #wanted}. */
        long wantedHeap();

        void ready(Worker<C> worker);

        void answered(Worker<C> worker, List<Answered> answers);

        void printed(Worker<C> worker, long ticket, boolean error, String line);

        /** What it runs, in words. */
        Optional<String> at(Worker<C> worker);

        /** It gets nothing any more. */
        void leaving(Worker<C> worker);

        /** Whether the worker died for something: at a task, or after it had finished one. */
        boolean gone(Worker<C> worker, Departure departure);

        /** No worker will be started any more; those that serve go on. */
        void broken(String reason);

        /** No worker with a larger heap came up; ordinary ones go on. */
        void noLarger(String reason);
    }

    public Supervisor(
            Bounds bounds,
            Spawner<C> spawner,
            RestartBudget budget,
            Alarms alarms,
            Consumer<PoolEvent> events,
            Listener<C> listener) {
        this.bounds = bounds;
        this.spawner = spawner;
        this.alarms = alarms;
        this.events = events;
        this.listener = listener;
        this.slots = new Slots(bounds.slots(), budget);
    }

    /** Starts the workers that are missing; does not wait for them. */
    public void fill() {
        for (var tried = spawn(); tried.isPresent(); tried = spawn()) {
            if (tried.get() instanceof Tried.Failed(var departure, var failure)) {
                events.accept(new PoolEvent.WorkerEnded(departure.exit(), departure.report()));
                bear(failure, departure);
            }
        }
    }

    private sealed interface Tried {
        record Started(WorkerId id) implements Tried {}

        record Failed(Departure departure, Failure failure) implements Tried {}
    }

    /** Starts one worker, if one is missing. */
    private Optional<Tried> spawn() {
        lock.lock();
        try {
            return stopped ? Optional.empty() : spawnOrdinary().or(this::spawnLarger);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Tried> spawnOrdinary() {
        return slots.start(listener.wanted()).map(id -> spawn(id, 0));
    }

    private Optional<Tried> spawnLarger() {
        long heap = listener.wantedHeap();
        return heap == 0 ? Optional.empty() : slots.startLarger().map(id -> spawn(id, heap));
    }

    private Tried spawn(WorkerId id, long heap) {
        events.accept(new PoolEvent.WorkerStarted(id, heap == 0 ? OptionalLong.empty() : OptionalLong.of(heap)));
        try {
            living.add(spawner.spawn(id, heap, this));
            return new Tried.Started(id);
        } catch (RuntimeException | Error e) { // no thread was to be had, most likely
            return new Tried.Failed(
                    Departure.unmet(id, Optional.empty(), "the worker could not be started: " + e),
                    slots.notStarted(
                            id, ShortageException.isBehind(e) ? Death.SHORTAGE : Death.FOR_NOTHING, Ticks.now()));
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
        locked(() -> slots.condemn(worker.id()));
        worker.end(reason, manner);
        fill();
    }

    /** Asks a worker that has nothing to do to end; kills it when the grace is over. It keeps its slot until it is gone. */
    public void retire(Worker<C> worker, String reason) {
        locked(() -> slots.retire(worker.id()));
        worker.end(reason, Manner.ASK);
        var late = alarms.after(Ticks.of(bounds.grace()), () -> worker.end(reason, Manner.KILL));
        locked(() -> {
            if (living.contains(worker)) {
                retiring.put(worker, late);
            }
        });
    }

    /** A task came to its end in a worker: the workers are fit for work. */
    public void taskFinished() {
        locked(slots::taskFinished);
    }

    /** From now on no worker is started. */
    public void stop() {
        locked(() -> stopped = true);
    }

    /** Workers started so far. */
    public long started() {
        return locked(slots::started);
    }

    /** Asks all workers to end, stops those that have not after the grace, and waits for that, within a bound. */
    public void close() {
        endAll(Manner.ASK);
        boolean interrupted = Thread.interrupted();
        if (!interrupted) {
            try {
                awaitAllGone(Ticks.of(bounds.grace()));
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
        List<Worker<C>> all = locked(() -> {
            stopped = true;
            slots.close();
            return List.copyOf(living);
        });
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

    @Override
    public void ready(Worker<C> worker, long pid, Duration after) {
        boolean serves = locked(() -> slots.ready(worker.id()));
        if (serves) {
            events.accept(new PoolEvent.WorkerReady(worker.id(), pid, after));
            listener.ready(worker);
        }
    }

    @Override
    public void answered(Worker<C> worker, List<Answered> answers) {
        listener.answered(worker, answers);
    }

    @Override
    public void printed(Worker<C> worker, long ticket, boolean error, String line) {
        listener.printed(worker, ticket, error, line);
    }

    @Override
    public Optional<String> at(Worker<C> worker) {
        return listener.at(worker);
    }

    @Override
    public void leaving(Worker<C> worker) {
        listener.leaving(worker);
    }

    @Override
    public void gone(Worker<C> worker, Departure departure) {
        boolean again = false;
        try {
            succeed(worker, departure);
        } catch (OutOfMemoryError e) {
            again = true; // its keeper will
            throw e;
        } finally {
            if (!again) {
                buried(worker);
            }
        }
    }

    private void succeed(Worker<C> worker, Departure departure) {
        boolean forSomething = listener.gone(worker, departure);
        events.accept(new PoolEvent.WorkerEnded(departure.exit(), departure.report()));
        var death = forSomething ? Death.AT_WORK : departure.shortage() ? Death.SHORTAGE : Death.FOR_NOTHING;
        var failure = locked(() -> slots.gone(worker.id(), death, Ticks.now()));
        failure.ifPresent(each -> bear(each, departure));
        fill();
    }

    private void bear(Failure failure, Departure departure) {
        var delay = failure.delay();
        if (delay.isEmpty() && failure.larger()) {
            String why = locked(slots::giveUpLarger);
            listener.noLarger(why + last(departure));
        } else if (delay.isEmpty()) {
            giveUp(departure);
        } else if (delay.getAsLong() > 0) {
            alarms.after(delay.getAsLong(), () -> {
                locked(() -> slots.rested(failure.slot()));
                fill();
            });
        }
    }

    private void giveUp(Departure departure) {
        boolean first = locked(() -> {
            boolean wasStopped = stopped;
            stopped = true;
            return !wasStopped;
        });
        if (first) {
            String reason = "it finds no worker that is fit for work: " + slots.failures() + last(departure);
            events.accept(new PoolEvent.PoolBroken(reason));
            listener.broken(reason);
        }
    }

    private static String last(Departure departure) {
        return "; the last: " + departure.exit()
                + departure.startProblem().map(problem -> ": " + problem).orElse("") + departure.report();
    }

    /** Last of all, so that close() returns only when everything about a worker has been told. */
    private void buried(Worker<C> worker) {
        locked(() -> {
            living.remove(worker);
            Optional.ofNullable(retiring.remove(worker)).ifPresent(Alarm::cancel);
            if (living.isEmpty()) {
                allGone.signalAll();
            }
        });
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
