package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.DumpThreads;
import io.forkloom.internal.wire.Frame.Leave;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process of a worker, from before it is started: how it is spoken to and ended, and why the pool ended it. */
final class ChildProcess {
    /** A worker that is to be killed has so long to say what its threads do. */
    private static final long TESTIMONY = 200_000_000; // 200 ms

    /** A worker that has not left by then gets a signal: it may have lost its standard input. */
    private static final long HEARING = 100_000_000; // 100 ms

    private final WorkerId id;
    private final Alarms alarms;

    // Guarded by this: end() and the start of the process must not miss each other.
    private @Nullable Process process;
    private Optional<String> reason = Optional.empty();

    private volatile @Nullable ControlPipe control;

    /** It runs, and soon code of the user's. */
    private volatile boolean met;

    interface Launch {
        Process start() throws IOException;
    }

    ChildProcess(WorkerId id, Alarms alarms) {
        this.id = id;
        this.alarms = alarms;
    }

    /** Starts it, if it was not ended before. */
    synchronized Process start(Launch launch) throws IOException {
        if (reason.isPresent()) {
            throw new IOException("ended before it was started: " + reason.get());
        }
        var started = launch.start();
        process = started;
        return started;
    }

    /** Its first frame tells where to connect. */
    void bootstrap(Frame first) throws IOException {
        var pipe = new ControlPipe(process().orElseThrow().getOutputStream(), id.generation());
        pipe.write(first);
        control = pipe;
    }

    /** It has connected; before it runs any code of the user's. */
    void met() {
        met = true;
    }

    /** Whether it may hear it; not where it is gone. */
    boolean tell(Frame frame) {
        var pipe = control;
        return pipe != null && pipe.tell(frame);
    }

    /** Does not wait; the first reason is kept. */
    void end(String why, Manner manner) {
        synchronized (this) {
            if (reason.isEmpty()) {
                reason = Optional.of(why);
            }
        }
        switch (manner) {
            case ASK -> {
                if (!met) {
                    kill(); // nothing of the user's has run; and a signal makes a JVM print that is just starting
                    return;
                }
                // The signal does the same, but the exit takes ten times as long.
                if (tell(new Leave(ProcessHandle.current().pid()))) {
                    alarms.after(HEARING, this::terminate);
                } else {
                    terminate();
                }
            }
            case KILL -> kill();
            case WITNESS -> {
                if (tell(new DumpThreads())) {
                    alarms.after(TESTIMONY, this::kill);
                } else {
                    kill();
                }
            }
        }
    }

    /**
     * By its handle: Process.destroy also closes the streams. The worker would take the end of its standard input for
     * ours, and halt in the middle of its shutdown hooks; and its last words would be lost.
     */
    private void terminate() {
        process().ifPresent(running -> running.toHandle().destroy());
    }

    void kill() {
        process().ifPresent(running -> running.toHandle().destroyForcibly());
    }

    /** Empty where it was not started. */
    synchronized Optional<Process> process() {
        return Optional.ofNullable(process);
    }

    /** Why the pool ended it; empty where it did not. */
    synchronized Optional<String> reason() {
        return reason;
    }
}
