package io.forkloom.cli.advise;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import io.forkloom.WorkerOutput;
import io.forkloom.cli.ClassPath;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import io.forkloom.event.CrashReport;
import java.time.Duration;
import java.util.Optional;

/**
 * Has a function measured in workers, first one call, then many.
 *
 * @param time how long one call may take, and about how long all together do
 */
record Measuring(ClassPath path, Size heap, Duration time) {
    /** What else the measuring does: a pool is opened, and each kind of call is made once at least. */
    private static final int LONGEST = 8;

    private static final Duration START = Duration.ofSeconds(60);

    Findings measure(Subject subject) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.name("advise")
                .workers(1)
                .heap(bytes())
                .output(WorkerOutput.DISCARD)
                // As in the user's own program: a function that computes in parallel is to be seen doing so.
                .jvmOptions("-cp", path.joined(), "-XX:ActiveProcessorCount=" + processors()))) {
            return measure(subject, pool);
        }
    }

    private String bytes() {
        return Long.toString(heap.bytes());
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private Findings measure(Subject subject, TaskPool pool) throws InterruptedException {
        var call = subject.call();
        var once = pool.with(TaskOptions.deadline(time).withLabel(call.label()))
                .submit(Probe::once, call)
                .await();
        if (!(once instanceof Outcome.Completed<Probe.First>(var first, var _))) {
            return new Findings(subject, ending(once), Optional.empty(), Optional.empty());
        }
        refuse(subject, first.thrown());
        var limit = time.multipliedBy(LONGEST).plus(START);
        double nanos = first.nanos();
        long budget = time.toNanos();
        var inner = bytes();
        var often = pool.with(TaskOptions.deadline(limit).withLabel(call.label()))
                .submit(() -> Probe.often(call, nanos, inner, budget))
                .await();
        if (!(often instanceof Outcome.Completed<Probe.Many>(var many, var _))) {
            return new Findings(subject, ending(often), Optional.empty(), Optional.empty());
        }
        refuse(subject, many.thrown());
        return new Findings(
                subject, Ending.RETURNED, Optional.ofNullable(many.pace()), Optional.ofNullable(many.cost()));
    }

    private static void refuse(Subject subject, String thrown) {
        if (!thrown.isEmpty()) {
            throw new InputException(subject.name() + " threw " + thrown
                    + ": give it an argument that it can work with, and the files that it needs");
        }
    }

    private Ending ending(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Crashed<?>(var exit, var report, var _) -> {
                String code = exit.signal().orElse("exit code " + exit.code());
                yield new Ending(Ending.Kind.CRASHED, "a call ended its JVM, by " + code + after(report));
            }
            case Outcome.OutOfMemory<?>(var kind, var _, var report, var _) ->
                new Ending(
                        Ending.Kind.OUT_OF_MEMORY,
                        "a call filled the memory (" + kind + ") of a worker with a heap of " + heap + after(report));
            case Outcome.TimedOut<?>(var limit, var _, var report, var _, var _) ->
                new Ending(
                        Ending.Kind.TIMED_OUT, "a call had not returned after " + Times.words(limit) + where(report));
            default ->
                throw new InputException(
                        "the measuring did not begin: " + outcome.toException().getMessage());
        };
    }

    private static String after(CrashReport report) {
        return report.progress()
                .map(told -> ", after " + told.done() + " good ones")
                .orElse("");
    }

    /** The state of the worker's thread, and where it was. */
    private static String where(CrashReport report) {
        var lines = report.threads().orElse("").lines().map(String::strip).toList();
        return lines.size() < 2 ? "" : "; it was " + lines.get(0).replaceFirst("^\"[^\"]*\" ", "") + " " + lines.get(1);
    }
}
