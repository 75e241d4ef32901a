package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.supervise.Audience;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.RestartBudget;
import io.forkloom.internal.supervise.Spawner;
import io.forkloom.internal.supervise.Supervisor;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Alarms.Alarm;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
public final class Dispatcher<C> implements Supervisor.Listener<C> {
    private static final String CLOSED = "the pool was closed";

    /** Sizes and bounds of a pool. */
    public record Settings(Staffing staffing, int queue, long queueBytes, Duration drain, Duration grace) {}

    /** Why no more tasks are taken. */
    public record Refusal(boolean broken, String reason) {}

    private record Queueing<C>(QueuedTask<C> task, Condition turn) {}

    private final Settings settings;
    private final Alarms alarms;
    private final Audience events;
    private final Supervisor<C> supervisor;

    private final ReentrantLock lock = new ReentrantLock();
    /** Those that wait for room, in order; each by a condition of its own, so that no signal wakes the wrong one. */
    private final ArrayDeque<Queueing<C>> queueing = new ArrayDeque<>();

    private final Condition allEnded = lock.newCondition();
    private final Posts<C> posts;
    private final Floor<C> floor;
    private Optional<Refusal> refusal = Optional.empty();
    private boolean closing;
    private final CountDownLatch closed = new CountDownLatch(1);

    public Dispatcher(
            Settings settings,
            Function<Alarms, Spawner<C>> spawner,
            RestartBudget budget,
            String name,
            Audience events) {
        this.settings = settings;
        this.alarms = new Alarms(name + "-alarms");
        this.events = events;
        var staffing = settings.staffing();
        var random = new Random();
        this.posts = new Posts<>(staffing, new Recycling(staffing.lifetime(), most -> random.nextLong(most + 1)));
        this.floor = new Floor<>(new WaitingRoom<>(settings.queue(), settings.queueBytes()), posts, this::later);
        var bounds = new Supervisor.Bounds(staffing.slots(), settings.grace());
        this.supervisor = new Supervisor<>(bounds, spawner.apply(alarms), budget, alarms, events, this);
    }

    /** Starts the workers; does not wait for them. */
    public void open() {
        supervisor.fill();
    }

    /**
     * Waits for room, but not longer than this, and accepts the task; whether it did. Whoever came first is let in
     * first, so that small tasks do not pass a large one for ever.
     */
    public boolean submit(QueuedTask<C> task, long nanos, Consumer<Refusal> refused) throws InterruptedException {
        var after = new After<C>();
        lock.lockInterruptibly();
        try {
            return (isDecided(task) || queueUp(task, nanos)) && accept(task, refused, after);
        } finally {
            release(after);
        }
    }

    /** As {@link #submit} where nobody need wait; false, and nothing accepted, where one must. Never waits. */
    public boolean trySubmit(QueuedTask<C> task, Consumer<Refusal> refused) {
        return decide(after -> isDecided(task) && accept(task, refused, after));
    }

    /** Whether the task is let in or refused at once. */
    private boolean isDecided(QueuedTask<C> task) {
        return refusal.isPresent() || (queueing.isEmpty() && floor.hasRoomFor(task));
    }

    private boolean queueUp(QueuedTask<C> task, long nanos) throws InterruptedException {
        var me = new Queueing<>(task, lock.newCondition());
        queueing.addLast(me);
        try {
            for (long left = nanos; !isTurnOf(me); ) {
                if (left <= 0) {
                    return false;
                }
                left = me.turn.awaitNanos(left);
            }
            return true;
        } finally {
            queueing.remove(me);
        }
    }

    private boolean isTurnOf(Queueing<C> each) {
        return refusal.isPresent() || (each.equals(queueing.peekFirst()) && floor.hasRoomFor(each.task));
    }

    private boolean accept(QueuedTask<C> task, Consumer<Refusal> refused, After<C> after) {
        if (refusal.isPresent()) {
            refused.accept(refusal.get());
            return false;
        }
        floor.accept(task, after);
        return true;
    }

    /** Takes a task out of the queue or stops it; whether it will end as cancelled. Does not wait. */
    public boolean cancel(QueuedTask<C> task, String reason) {
        return decide(after -> floor.strike(task, new Ending.Cancelled(reason), after));
    }

    /** Whoever waited for its value cannot read it, so it has failed: once, however many find out. */
    public void unreadable(QueuedTask<C> task, String problem) {
        act(after -> floor.unreadable(task, problem, after));
    }

    public PoolStats stats() {
        long started = supervisor.started();
        return decide(after -> floor.stats(started));
    }

    /** See the pool's close: refuse, drain, strike the rest, end the workers. A second call waits for the first. */
    public void close() {
        boolean first = decide(after -> {
            boolean begins = !closing;
            closing = true;
            posts.freeze();
            refusal = Optional.of(refusal.orElse(new Refusal(false, CLOSED)));
            return begins;
        });
        if (!first) {
            awaitClosed();
            return;
        }
        try {
            drain();
            supervisor.stop();
            act(after -> floor.strikeAll(CLOSED, after));
            supervisor.close();
            act(after -> floor.abandonAll(CLOSED, after));
        } finally {
            alarms.close();
            closed.countDown();
        }
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
            for (long left = Ticks.of(settings.drain()); !floor.isEmpty() && left > 0; ) {
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
        lock.lock();
        try {
            return decision.apply(after);
        } finally {
            release(after);
        }
    }

    /** Whatever was decided is done, also where the decision ended with an exception. */
    private void release(After<C> after) {
        if (floor.isEmpty()) {
            allEnded.signalAll();
        }
        var next = queueing.peekFirst();
        if (next != null && isTurnOf(next)) {
            next.turn.signal(); // and when that one lets go of the lock, it looks for the next
        }
        lock.unlock();
        after.run(supervisor, events);
    }

    private void act(Consumer<After<C>> decision) {
        decide(after -> {
            decision.accept(after);
            return true;
        });
    }

    /** May be called with the lock held; the alarm comes without it. */
    private Alarm later(long nanos, Consumer<After<C>> decision) {
        return alarms.after(nanos, () -> act(decision));
    }

    // The listener: what keepers tell.

    @Override
    public int wanted() {
        return posts.wanted();
    }

    @Override
    public long wantedHeap() {
        return posts.annex().wantedHeap();
    }

    @Override
    public void ready(Worker<C> worker) {
        act(after -> floor.ready(worker, after));
    }

    @Override
    public void answered(Worker<C> worker, List<Answered> answers) {
        long resident = settings.staffing().lifetime().bytes() > 0 ? worker.resident() : 0;
        act(after -> floor.answered(worker, answers, resident, after));
    }

    @Override
    public void printed(Worker<C> worker, long ticket, boolean error, String line) {
        if (!events.isHeard()) {
            return; // many lines, and one lock
        }
        var ran = decide(after -> floor.ran(worker, ticket));
        var task = ran.stream().mapToLong(Load.Ran::task).findFirst();
        events.accept(new PoolEvent.WorkerPrinted(worker.id(), task, ran.map(Load.Ran::label), error, line));
    }

    @Override
    public Optional<String> at(Worker<C> worker) {
        return decide(after -> floor.at(worker));
    }

    @Override
    public void leaving(Worker<C> worker) {
        act(after -> floor.leaving(worker, after));
    }

    @Override
    public boolean gone(Worker<C> worker, Departure departure) {
        return decide(after -> floor.gone(worker, departure, after));
    }

    @Override
    public void broken(String reason) {
        act(after -> {
            refusal = Optional.of(refusal.orElse(new Refusal(true, reason)));
            floor.broken(reason, after);
        });
    }

    @Override
    public void noLarger(String reason) {
        act(after -> floor.noLarger(reason, after));
    }
}
