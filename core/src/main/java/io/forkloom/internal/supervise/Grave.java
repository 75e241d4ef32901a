package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.Ledger;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done when a worker process ends: its children are killed, its last words collected, its end put into words. */
final class Grave {
    /** A worker that has closed its link is at its end; shutdown hooks get this long. */
    private static final long LINGER_MILLIS = 2_000;

    /** A process that SIGKILL does not end hangs in the kernel; nobody can wait for that. */
    private static final long KILL_MILLIS = 5_000;

    /** The output of a dead process is in the pipe already. */
    private static final long OUTPUT_MILLIS = 300;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final WorkerId id;
    private final WorkerSpec spec;
    private final Listener told;
    private final String cookie;
    private Optional<OutputTail> errors = Optional.empty();
    private Optional<OutputTail> output = Optional.empty();
    private Optional<String> testimony = Optional.empty();
    private volatile Optional<MemoryKind> passed = Optional.empty();
    private final long kernelKills = MemoryEnd.kernelKills();

    /** Takes what the worker prints. */
    interface Listener {
        void accept(long ticket, boolean error, String line);
    }

    Grave(WorkerId id, WorkerSpec spec, Listener told) {
        this.id = id;
        this.told = told;
        this.spec = spec;
        var random = new byte[16];
        RANDOM.nextBytes(random);
        this.cookie = HexFormat.of().formatHex(random);
    }

    String cookie() {
        return cookie;
    }

    /** From now on what the process prints is read. */
    void attend(Process process) {
        String name = spec.poolName() + "-" + id;
        errors = Optional.of(
                new OutputTail(process.getErrorStream(), name + "-stderr", (ticket, line) -> hand(ticket, true, line)));
        output = Optional.of(new OutputTail(
                process.getInputStream(), name + "-stdout", (ticket, line) -> hand(ticket, false, line)));
    }

    private void hand(long ticket, boolean error, String line) {
        spec.output().accept(error, line);
        told.accept(ticket, error, line);
    }

    /** What its threads did just before it was killed. */
    void witness(String threads) {
        testimony = Optional.of(threads);
    }

    /** It is killed for passing a limit on its memory. */
    void passed(MemoryKind limit) {
        passed = Optional.of(limit);
    }

    /**
     * Waits, within bounds, until the process and all that it started are gone.
     *
     * @param reason why the pool ended it, asked for when it is dead
     */
    Departure bury(
            Process process, @Nullable Ledger ledger, Supplier<Optional<String>> reason, Optional<String> problem) {
        waitFor(process, LINGER_MILLIS);
        process.toHandle().destroyForcibly(); // not by the process itself, which would drop unread output
        waitFor(process, KILL_MILLIS);
        ProcessTree.kill(cookie);
        output.ifPresent(Grave::join);
        errors.ifPresent(Grave::join);
        closeStreams(process);

        var announced = ledger == null ? Ledger.End.NONE : ledger.announced();
        int code = process.isAlive() ? -1 : process.exitValue();
        var lines = Stream.of(output, errors)
                .flatMap(Optional::stream)
                .flatMap(tail -> tail.lastLines().stream())
                .toList();
        var log = errors.map(OutputTail::crashLog).orElse(List.of());
        var exit = new WorkerExit(
                id, process.pid(), code, announced == Ledger.End.ORDERLY, CrashLog.signal(log), reason.get());
        var outOfMemory = passed.isPresent()
                ? passed
                : MemoryEnd.of(
                        announced == Ledger.End.OUT_OF_MEMORY,
                        exit.announced(),
                        code,
                        lines,
                        exit.reason().isPresent() ? 0 : MemoryEnd.kernelKills() - kernelKills);
        return new Departure(
                exit,
                new CrashReport(lines, CrashLog.essence(log), testimony, Optional.empty(), List.of()),
                outOfMemory,
                problem);
    }

    private static void waitFor(Process process, long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a keeper; and the bound is short
        }
    }

    private static void join(OutputTail tail) {
        try {
            tail.join(OUTPUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeStreams(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // A pipe without a reader.
        }
    }
}
