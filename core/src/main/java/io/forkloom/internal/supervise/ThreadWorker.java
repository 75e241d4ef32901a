package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
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
        Object run(WorkerId worker) throws Throwable;
    }

    private record Given(long ticket, Call call) {}

    private final WorkerId id;
    private final WorkerEvents<Call> events;
    private final Thread thread;
    private final LinkedBlockingQueue<Given> given = new LinkedBlockingQueue<>();
    /** As a ledger's: every ticket below was started or withdrawn. */
    private final AtomicLong cursor = new AtomicLong(1);

    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());

    private ThreadWorker(WorkerId id, ThreadGroup group, WorkerEvents<Call> events) {
        this.id = id;
        this.events = events;
        this.thread = Thread.ofPlatform()
                .group(group)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name(group.getName() + "-" + id)
                .unstarted(this::work);
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
                if (claim(next.ticket)) {
                    run(next);
                }
            }
        } catch (InterruptedException e) {
            // Asked to end; or a call interrupted its own thread and left it so, which ends this worker only.
        } finally {
            events.gone(
                    this,
                    new Departure(
                            new WorkerExit(id, 0, 0, true, Optional.empty(), reason.get()),
                            CrashReport.NONE,
                            false,
                            Optional.empty()));
        }
    }

    private void run(Given next) throws InterruptedException {
        long from = Ticks.now();
        boolean failed = false;
        Object payload;
        try {
            payload = next.call.run(id);
        } catch (Throwable e) { // whatever a task throws is its outcome
            failed = true;
            payload = e;
        }
        if (reason.get().isEmpty()) {
            Thread.interrupted(); // what a task left behind must not reach the next
            events.answered(this, next.ticket, failed, Ticks.now() - from, payload);
        }
    }

    private boolean claim(long ticket) {
        while (true) {
            long at = cursor.get();
            if (at > ticket) {
                return false;
            }
            if (cursor.compareAndSet(at, ticket + 1)) {
                return true;
            }
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
        return cursor.getAndSet(next);
    }

    @Override
    public boolean canBeKilled() {
        return false;
    }

    @Override
    public void end(String why, boolean gently) {
        reason.compareAndSet(Optional.empty(), Optional.of(why));
        thread.interrupt();
    }
}
