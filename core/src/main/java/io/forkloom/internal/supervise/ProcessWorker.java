package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Call;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Ready;
import io.forkloom.internal.wire.Frame.StartFailed;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is a JVM of its own. Its keeper thread lives as long as the process and does everything that can wait:
 * start, meet, read, bury.
 */
public final class ProcessWorker implements Worker<RemoteCall> {
    private final WorkerId id;
    private final WorkerSpec spec;
    private final Alarms alarms;
    private final WorkerEvents<RemoteCall> events;
    private final Grave grave;

    /** Functions that were sent; guarded by the dispatcher's lock, under which calls are given. */
    private final Set<Long> sent = new HashSet<>();

    private volatile @Nullable Link link;
    private volatile @Nullable Ledger ledger;

    // Guarded by this: end() and the start of the process must not miss each other.
    private @Nullable Process process;
    private Optional<String> reason = Optional.empty();

    private ProcessWorker(WorkerId id, WorkerSpec spec, Alarms alarms, WorkerEvents<RemoteCall> events) {
        this.id = id;
        this.spec = spec;
        this.alarms = alarms;
        this.events = events;
        this.grave = new Grave(id, spec);
    }

    /** Starts the keeper, which starts the process. */
    public static ProcessWorker start(WorkerId id, WorkerSpec spec, Alarms alarms, WorkerEvents<RemoteCall> events) {
        var worker = new ProcessWorker(id, spec, alarms, events);
        Thread.ofPlatform().daemon().name(spec.poolName() + "-keeper-" + id).start(worker::keep);
        return worker;
    }

    private void keep() {
        Optional<String> problem = Optional.empty();
        try {
            problem = meet();
            if (problem.isEmpty()) {
                serve();
            }
        } catch (ProtocolException e) {
            problem = Optional.of("it broke the protocol: " + e.getMessage());
            end(problem.get(), false);
        } catch (IOException e) {
            // The link broke, most often because the process died: the exit tells more.
            problem = process() == null ? Optional.of("the worker could not be started: " + e.getMessage()) : problem;
        } catch (RuntimeException | Error e) {
            problem = Optional.of("its keeper failed: " + e);
            end(problem.get(), false);
        }
        events.gone(this, bury(problem));
    }

    /** Start, handshake, initialiser; gives the problem if the worker did not become ready. */
    private Optional<String> meet() throws IOException {
        long from = Ticks.now();
        try (var rendezvous = Rendezvous.open()) {
            ledger = rendezvous.ledger();
            var started = launch();
            grave.attend(started);
            // A process that dies early never connects: its end must end the waiting for it.
            var _ = started.onExit().thenRun(() -> closeQuietly(rendezvous));
            var late = alarms.after(
                    Ticks.of(spec.startLimit()),
                    () -> end("it was not ready within " + spec.startLimit().toSeconds() + " s", false));
            try {
                Bootstraps.send(started, spec, rendezvous, id, grave.cookie());
                var met = rendezvous.accept(id.generation(), spec.messageLimit(), spec.poolName() + "-" + id);
                link = met;
                closeQuietly(rendezvous);
                var first = met.read();
                if (first instanceof StartFailed(var trace)) {
                    return Optional.of("its initialiser failed: " + new String(trace, StandardCharsets.UTF_8));
                }
                if (!(first instanceof Ready)) {
                    return Optional.of(first == null ? "it ended before it was ready" : "it began with " + first);
                }
            } finally {
                late.cancel();
            }
            events.ready(this, started.pid(), Duration.ofNanos(Ticks.now() - from));
            return Optional.empty();
        }
    }

    private Process launch() throws IOException {
        synchronized (this) {
            if (reason.isPresent()) {
                throw new IOException("ended before it was started: " + reason.get());
            }
            process = spec.start(id, grave.cookie());
            return process;
        }
    }

    private void serve() throws IOException {
        var current = link();
        for (Frame frame = current.read(); frame != null; frame = current.read()) {
            if (!(frame instanceof Answer(long ticket, boolean failed, long nanos, byte[] payload))) {
                throw new ProtocolException("a worker sent " + frame.getClass().getSimpleName());
            }
            events.answered(this, ticket, failed, nanos, payload);
        }
    }

    private Departure bury(Optional<String> problem) {
        closeQuietly(link);
        var dead = process();
        if (dead == null) {
            return new Departure(
                    new WorkerExit(id, 0, -1, true, Optional.empty(), reason()), CrashReport.NONE, false, problem);
        }
        return grave.bury(dead, ledger, this::reason, problem);
    }

    @Override
    public WorkerId id() {
        return id;
    }

    @Override
    public void give(long ticket, RemoteCall call) {
        var current = link();
        if (call.function() != 0 && sent.add(call.function())) {
            current.enqueue(new Function(call.function(), call.definition()));
        }
        current.enqueue(new Call(ticket, call.function(), call.payload()));
    }

    @Override
    public void flush() {
        link().flush();
    }

    @Override
    public long withdraw(long next) {
        var page = ledger;
        return page == null ? 0 : page.withdraw(next);
    }

    @Override
    public boolean canBeKilled() {
        return true;
    }

    @Override
    public synchronized void end(String why, boolean gently) {
        if (reason.isEmpty()) {
            reason = Optional.of(why);
        }
        var running = process;
        if (running == null) {
            return;
        }
        // By its handle: Process.destroy also closes the streams. The worker would take the end of its standard input
        // for ours, and halt in the middle of its shutdown hooks; and its last words would be lost.
        if (gently) {
            running.toHandle().destroy();
        } else {
            running.toHandle().destroyForcibly();
        }
    }

    private Link link() {
        var current = link;
        if (current == null) {
            throw new IllegalStateException("worker " + id + " is used before it was ready");
        }
        return current;
    }

    private synchronized @Nullable Process process() {
        return process;
    }

    private synchronized Optional<String> reason() {
        return reason;
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
