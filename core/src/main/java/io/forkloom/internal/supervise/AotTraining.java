package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.wire.RemoteCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the AOT cache that a pool's workers have not got: a worker of lowest priority, which no task reaches, rehearses as
 * others do, practises, and its JVM writes the cache when it ends. Begun when the pool has started; workers that start from then on
 * use it. Closing it ends the making at once, and leaves nothing behind.
 */
public final class AotTraining implements WorkerEvents<RemoteCall>, AutoCloseable {
    /** The pool has started by then, or is busy starting. */
    private static final long LATER = 1_000_000_000; // 1 s

    private static final long LONGEST =
            120_000_000_000L; // 2 min; it takes two seconds, where nobody else wants the processor

    /** Of waiting for a process that was killed. */
    private static final long LAST_WAIT_MILLIS = 5_000;

    private static final int CALLS = 20;

    /** No slot has it. */
    private static final WorkerId ID = new WorkerId(0xFFFF, 1);

    private final AotFolder folder;
    private final Optional<RemoteCall> practice;
    private final WorkerSpec spec;
    private final CountDownLatch over = new CountDownLatch(1);

    // Guarded by this.
    private @Nullable ProcessWorker worker;
    private boolean closed;

    // Of the worker's keeper alone, once there is one.
    private AotFolder.@Nullable Place place;
    private boolean failed;
    private boolean practised;

    private AotTraining(Aot.Use use, WorkerSpec spec) {
        this.folder = use.folder();
        this.practice = use.practice();
        this.spec = spec;
    }

    /** Empty where the workers use no caches. */
    public static Optional<AotTraining> of(WorkerSpec spec) {
        return spec.aot() instanceof Aot.Use use ? Optional.of(new AotTraining(use, spec)) : Optional.empty();
    }

    /** Begins when the pool has started. */
    public void follow(Alarms alarms) {
        alarms.after(LATER, () -> begin(alarms));
    }

    private synchronized void begin(Alarms alarms) {
        if (closed || worker != null) {
            return;
        }
        var taken = spec.aotKey().flatMap(folder::take);
        if (taken.isEmpty()) {
            return;
        }
        var at = taken.get();
        place = at;
        try {
            var begun = ProcessWorker.start(ID, spec.making(at.temporary()), alarms, this);
            worker = begun;
            alarms.after(LONGEST, () -> begun.end("it took too long", Manner.KILL));
        } catch (RuntimeException | Error e) {
            at.finish(false, false); // no thread is to be had
            throw e;
        }
    }

    @Override
    public void ready(Worker<RemoteCall> trained, long pid, Duration after) {
        var calls = spec.repertoire().rehearsal();
        if (calls.isEmpty()) {
            trained.end("it cannot rehearse", Manner.KILL);
            return;
        }
        for (int ticket = 1; ticket <= CALLS; ticket++) {
            trained.give(ticket, calls.get(ticket % calls.size()));
        }
        practice.ifPresent(call -> trained.give(last(), call));
        trained.flush();
    }

    /** The ticket of what it does last. */
    private int last() {
        return practice.isPresent() ? CALLS + 1 : CALLS;
    }

    @Override
    public void answered(Worker<RemoteCall> trained, List<Answered> answers) {
        for (var each : answers) {
            failed |= each.failed();
        }
        if (answers.getLast().ticket() == last()) {
            practised = !failed;
            trained.end("it has practised", Manner.ASK);
        }
    }

    @Override
    public void printed(Worker<RemoteCall> trained, long ticket, boolean error, String line) {}

    @Override
    public Optional<String> at(Worker<RemoteCall> trained) {
        return Optional.empty();
    }

    @Override
    public void leaving(Worker<RemoteCall> trained) {}

    @Override
    public void gone(Worker<RemoteCall> trained, Departure departure) {
        var at = place;
        place = null;
        if (at != null) { // told twice, where the heap is full
            at.finish(practised && departure.exit().code() == 0, !isClosed());
        }
        over.countDown();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends it; does not wait. */
    public void stop() {
        ProcessWorker begun;
        synchronized (this) {
            closed = true;
            begun = worker;
        }
        if (begun != null) {
            begun.end("the pool was closed", Manner.KILL);
        }
    }

    /** Ends it, and waits for that, within a bound. */
    @Override
    public void close() {
        stop();
        boolean begun;
        synchronized (this) {
            begun = worker != null;
        }
        try {
            if (begun) {
                var _ = over.await(LAST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process is killed already
        }
    }
}
