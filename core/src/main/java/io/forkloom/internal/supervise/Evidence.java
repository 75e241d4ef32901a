package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.Ledger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tells how and why a worker process ended: its output, its last words in the ledger, what was seen of it. */
final class Evidence {
    /** The output of a dead process is in the pipe already. */
    private static final long OUTPUT_MILLIS = 300;

    private final WorkerId id;
    private final WorkerSpec spec;
    private final Listener told;
    private final Supplier<Optional<String>> at;
    /** The kernel's count at the look before the last: kills from before are none of this worker's. */
    private volatile long kernelKills = MemoryEnd.kernelKills();

    /** At the last look. */
    private volatile long kernelKillsSince = kernelKills;

    private Optional<OutputTail> errors = Optional.empty();
    private Optional<OutputTail> output = Optional.empty();
    private Optional<String> testimony = Optional.empty();
    private volatile Optional<MemoryKind> passed = Optional.empty();

    /** Takes what the worker prints. */
    interface Listener {
        void accept(long ticket, boolean error, String line);
    }

    /** @param at what the worker runs, in words */
    Evidence(WorkerId id, WorkerSpec spec, Listener told, Supplier<Optional<String>> at) {
        this.at = at;
        this.id = id;
        this.spec = spec;
        this.told = told;
    }

    /** From now on what the process prints is read. */
    void attend(Process process) {
        String name = spec.poolName() + "-" + id;
        errors = Optional.of(new OutputTail(
                OutputPipe.of(process, 2, process.getErrorStream()),
                name + "-stderr",
                new LastWords(process.pid(), true),
                (ticket, line) -> hand(ticket, true, line)));
        output = Optional.of(new OutputTail(
                OutputPipe.of(process, 1, process.getInputStream()),
                name + "-stdout",
                new LastWords(process.pid(), false),
                (ticket, line) -> hand(ticket, false, line)));
    }

    private void hand(long ticket, boolean error, String line) {
        spec.output().accept(error, line);
        told.accept(ticket, error, line);
    }

    /**
     * What the kernel had killed when we last looked was somebody else, or it would be dead by now. What it has killed
     * since may be this worker: the count grows before the process ends.
     */
    void alive() {
        kernelKills = kernelKillsSince;
        kernelKillsSince = MemoryEnd.kernelKills();
    }

    /** What its threads did just before it was killed. */
    void witness(String threads) {
        testimony = Optional.of(threads);
    }

    /** It is killed for passing a limit on its memory. */
    void passed(MemoryKind limit) {
        passed = Optional.of(limit);
    }

    /** Of a process that has ended, or of which the kernel does not let go. */
    Departure sum(Process dead, @Nullable Ledger ledger, Optional<String> reason, Optional<String> problem) {
        output.ifPresent(Evidence::join);
        errors.ifPresent(Evidence::join);
        var end = ledger == null ? Ledger.End.NONE : ledger.announced();
        boolean orderly = end == Ledger.End.ORDERLY;
        int code = dead.isAlive() ? -1 : dead.exitValue();
        boolean crashed = !orderly && isCrash(code);
        output.ifPresent(tail -> tail.crashLog(crashed)); // where only its beginning comes
        var log = errors.map(tail -> tail.crashLog(crashed)).orElse(List.of());
        var lines = Stream.of(output, errors)
                .flatMap(Optional::stream)
                .flatMap(tail -> tail.lastLines().stream())
                .toList();
        var exit = new WorkerExit(id, dead.pid(), code, orderly, CrashLog.signal(log), reason, spec.larger());
        long kills = reason.isPresent() ? 0 : MemoryEnd.kernelKills() - kernelKills;
        var memory = passed.or(() -> MemoryEnd.of(end == Ledger.End.OUT_OF_MEMORY, orderly, code, lines, kills));
        var report = new CrashReport(lines, CrashLog.essence(log), testimony, Optional.empty(), List.of(), List.of());
        boolean bad = memory.isPresent() || testimony.isPresent() || (reason.isEmpty() && (code != 0 || !orderly));
        List<Path> files = bad
                ? spec.reports()
                        .map(folder -> folder.keep(exit, task() + whole(report, log)))
                        .orElse(List.of())
                : List.of();
        boolean shortage = memory.filter(MemoryEnd::isOfMachine).isPresent() || ShortageException.isIn(lines);
        return new Departure(exit, report.kept(files), memory, problem, shortage);
    }

    /** A JVM that writes a crash log exits with 1, unless it dumps core or a signal ends it meanwhile. */
    private static boolean isCrash(int code) {
        return code == 1 || code > 128;
    }

    private String task() {
        return at.get().map(task -> "\n  task: " + task).orElse("");
    }

    /** All that there is: the crash log whole. */
    private static String whole(CrashReport report, List<String> log) {
        return report + (log.isEmpty() ? "" : "\n\n" + String.join("\n", log)) + "\n";
    }

    private static void join(OutputTail tail) {
        try {
            tail.join(OUTPUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a keeper; and the bound is short
        }
    }
}
