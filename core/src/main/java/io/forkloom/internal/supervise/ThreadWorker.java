package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.time.Endurance;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is a thread of this JVM. To end it is to interrupt it: a call that ignores interrupts keeps its slot
 * until it returns.
 */
public final class ThreadWorker implements Worker<ThreadWorker.Call> {
    /** What such a worker runs. */
    @FunctionalInterface
    public interface Call {
        @Nullable
        Object run(WorkerId worker, Ledger ledger, long ticket) throws Throwable;
    }

    private record Given(long ticket, Call call) {}

    private final WorkerId id;
    private final WorkerEvents<Call> events;
    private final Thread thread;
    private final Runnable farewell = this::leave;
    private final LinkedBlockingQueue<Given> given = new LinkedBlockingQueue<>();
    private final Ledger ledger = Ledger.inMemory();
    /** Held while an interrupt is set, so that it does not hit the next call. */
    private final Object turn = new Object();
    /** The call that runs, or 0. Guarded by turn. */
    private long running;

    private Optional<String> testimony = Optional.empty();

    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());

    private ThreadWorker(WorkerId id, ThreadGroup group, WorkerEvents<Call> events) {
        this.id = id;
        this.events = events;
        this.thread = Daemons.named(group.getName() + "-" + id).group(group).unstarted(this::work);
    }

    /**
     * Starts the thread, in a group by which a pool knows its own.
     *
     * @param loader the context class loader of the tasks
     */
    public static ThreadWorker start(
            WorkerId id, ThreadGroup group, @Nullable ClassLoader loader, WorkerEvents<Call> events) {
        var worker = new ThreadWorker(id, group, events);
        worker.thread.setContextClassLoader(loader);
        worker.thread.start();
        return worker;
    }

    private void work() {
        try {
            events.ready(this, 0, Duration.ZERO);
            while (reason.get().isEmpty()) {
                var next = given.take();
                if (ledger.claim(next.ticket)) {
                    run(next);
                }
            }
        } catch (InterruptedException e) {
            // Asked to end; or a call interrupted its own thread and left it so, which ends this worker only.
        } finally {
            Endurance.run(farewell);
        }
    }

    private void leave() {
        var exit = new WorkerExit(id, 0, 0, true, Optional.empty(), reason.get(), OptionalLong.empty());
        events.gone(this, new Departure(exit, report(), Optional.empty(), Optional.empty(), false));
    }

    private void run(Given next) throws InterruptedException {
        long from = Ticks.now();
        boolean failed = false;
        Object payload;
        ledger.begin(next.ticket);
        running(next.ticket);
        try {
            if (ledger.isAskedToStop(next.ticket)) {
                thread.interrupt(); // asked before it was its turn
            }
            payload = next.call.run(id, ledger, next.ticket);
        } catch (Throwable e) { // whatever a task throws is its outcome
            failed = true;
            payload = e;
        }
        running(0);
        ledger.finish(next.ticket);
        Thread.interrupted(); // what a task left behind must not reach the next
        events.answered(this, List.of(new Answered(next.ticket, failed, Ticks.now() - from, payload)));
    }

    private void running(long ticket) {
        synchronized (turn) {
            running = ticket;
        }
    }

    @Override
    public WorkerId id() {
        return id;
    }

    @Override
    public void give(long ticket, Call call) {
        given.add(new Given(ticket, call));
    }

    @Override
    public void flush() {
        // given is read by the worker itself
    }

    @Override
    public long withdraw(long next) {
        return ledger.withdraw(next);
    }

    @Override
    public long finished() {
        return ledger.finished();
    }

    @Override
    public Pulse pulse(long ticket) {
        return Pulse.of(ledger, ticket);
    }

    @Override
    public void interrupt(long ticket) {
        ledger.askToStop(ticket);
        aside(() -> {
            synchronized (turn) {
                if (running == ticket) {
                    thread.interrupt();
                }
            }
        });
    }

    /** An interrupt closes what the thread waits for, which is code of others and may take its time. */
    private void aside(Runnable interrupt) {
        Daemons.named(thread.getName() + "-interrupt").start(interrupt);
    }

    @Override
    public boolean canBeKilled() {
        return false;
    }

    @Override
    public void end(String why, Manner manner) {
        if (manner == Manner.WITNESS) {
            testify();
        }
        reason.compareAndSet(Optional.empty(), Optional.of(why));
        aside(thread::interrupt);
    }

    private synchronized void testify() {
        testimony = Optional.of(Stacks.of(thread, thread.getStackTrace()));
    }

    private synchronized CrashReport report() {
        return new CrashReport(List.of(), Optional.empty(), testimony, Optional.empty(), List.of(), List.of());
    }
}
