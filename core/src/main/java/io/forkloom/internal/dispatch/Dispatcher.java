package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.RestartBudget;
import io.forkloom.internal.supervise.Spawner;
import io.forkloom.internal.supervise.Supervisor;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.time.Alarms;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one pool: a lock around the {@link Floor}, and the waiting for room and for the end. All methods may be
 * called by any thread; see the package for the picture.
 */
public final class Dispatcher<C> implements Supervisor.Listener<C>, Floor.Clock<C> {
    /** After a kill: longer than the keeper's own bounds, so that it is never the first to speak. */
    private static final long ABANDON = 10_000_000_000L; // 10 s

    private static final String CLOSED = "the pool was closed";

    /** Sizes and bounds of a pool. */
    public record Settings(int workers, int queue, long queueBytes, Duration drain, Duration grace) {}

    /** Why no more tasks are taken. */
    public record Refusal(boolean broken, String reason) {}

    private final Settings settings;
    private final Alarms alarms;
    private final Consumer<PoolEvent> events;
    private final Supervisor<C> supervisor;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomFreed = lock.newCondition();
    private final Condition allEnded = lock.newCondition();
    private final Floor<C> floor;
    private Optional<Refusal> refusal = Optional.empty();
    private boolean closing;
    private final CountDownLatch closed = new CountDownLatch(1);

    public Dispatcher(
            Settings settings,
            Function<Alarms, Spawner<C>> spawner,
            RestartBudget budget,
            String name,
            Consumer<PoolEvent> events) {
        this.settings = settings;
        this.alarms = new Alarms(name + "-alarms");
        this.events = events;
        this.floor = new Floor<>(new WaitingRoom<>(settings.queue(), settings.queueBytes()), this);
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
            while (refusal.isEmpty() && !floor.hasRoomFor(task)) {
                roomFreed.await();
            }
            if (refusal.isPresent()) {
                return refusal;
            }
            floor.accept(task, after);
        } finally {
            // One signal may have been meant for a smaller task; and whoever left without using its own passes it on.
            roomFreed.signal();
            lock.unlock();
        }
        after.run(supervisor, events);
        return Optional.empty();
    }

    /** As {@link #submit} where there is room; false, and nothing accepted, where there is none. Never waits. */
    public boolean trySubmit(QueuedTask<C> task, Consumer<Refusal> refused) {
        return decide(after -> {
            if (refusal.isPresent()) {
                refused.accept(refusal.get());
                return false;
            }
            if (!floor.hasRoomFor(task)) {
                return false;
            }
            floor.accept(task, after);
            return true;
        });
    }

    /** Takes a task out of the queue or stops it; whether it will end as cancelled. Does not wait. */
    public boolean cancel(QueuedTask<C> task, String reason) {
        return decide(after -> floor.strike(task, new Ending.Cancelled(reason), after));
    }

    public PoolStats stats() {
        long started = supervisor.started();
        return decide(after -> floor.stats(settings.workers(), started));
    }

    /** See the pool's close: refuse, drain, strike the rest, end the workers. A second call waits for the first. */
    public void close() {
        boolean first = decide(after -> {
            boolean begins = !closing;
            closing = true;
            refusal = Optional.of(refusal.orElse(new Refusal(false, CLOSED)));
            roomFreed.signalAll();
            return begins;
        });
        if (!first) {
            awaitClosed();
            return;
        }
        drain();
        act(after -> floor.strikeAll(CLOSED, after));
        supervisor.close(settings.grace());
        act(floor::abandonAll);
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
            for (long left = settings.drain().toNanos(); !floor.isEmpty() && left > 0; ) {
                left = allEnded.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // waits no longer, and closes all the same
        } finally {
            lock.unlock();
        }
    }

    /** Decides under the lock; acts, and wakes who waits, after it. */
    private <T extends @Nullable Object> T decide(Function<After<C>, T> decision) {
        var after = new After<C>();
        T result;
        lock.lock();
        try {
            result = decision.apply(after);
            if (floor.isEmpty()) {
                allEnded.signalAll();
            }
            roomFreed.signal();
        } finally {
            lock.unlock();
        }
        after.run(supervisor, events);
        return result;
    }

    private void act(Consumer<After<C>> decision) {
        decide(after -> {
            decision.accept(after);
            return true;
        });
    }

    // The clock: called with the lock held; the alarms come without it.

    @Override
    public void deadline(QueuedTask<C> task) {
        long ticket = task.ticket;
        task.deadline()
                .ifPresent(limit -> task.alarm =
                        alarms.after(limit.toNanos(), () -> act(after -> floor.timeUp(task, ticket, after))));
    }

    @Override
    public void abandon(QueuedTask<C> task) {
        task.alarm = alarms.after(ABANDON, () -> act(after -> floor.abandon(task, after)));
    }

    // The listener: what keepers tell.

    @Override
    public void ready(Worker<C> worker) {
        act(after -> floor.ready(worker, after));
    }

    @Override
    public void answered(Worker<C> worker, long ticket, boolean failed, long nanos, @Nullable Object payload) {
        act(after -> floor.answered(worker, ticket, new Ending.Answered(failed, payload), nanos, after));
    }

    @Override
    public boolean gone(Worker<C> worker, Departure departure) {
        return decide(after -> floor.gone(worker, departure, after));
    }

    @Override
    public void broken(String reason) {
        act(after -> {
            refusal = Optional.of(refusal.orElse(new Refusal(true, reason)));
            roomFreed.signalAll();
            floor.broken(reason, after);
        });
    }
}
