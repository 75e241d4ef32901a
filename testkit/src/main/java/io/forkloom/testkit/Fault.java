package io.forkloom.testkit;

import io.forkloom.Outcome;
import io.forkloom.TaskInfo;
import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How a task of a {@link DirectPool} is to end in place of running. */
public sealed interface Fault {
    /** Its worker dies by this signal: {@code SIGSEGV}. */
    record Crash(String signal) implements Fault {}

    /** Its worker runs out of this memory. */
    record OutOfMemory(MemoryKind kind) implements Fault {}

    /** This limit of its is over. */
    record TimeOut(Duration limit) implements Fault {}

    /** It throws this. */
    record Failure(Throwable cause) implements Fault {}

    /** Somebody cancels it. */
    record Cancel(String reason) implements Fault {}

    /** No worker turns to it. */
    record NotStart(String reason) implements Fault {}

    /** The outcome that a pool of processes tells in such a case. */
    default <R extends @Nullable Object> Outcome<R> outcome(TaskInfo task) {
        return switch (this) {
            case Crash(var signal) -> new Outcome.Crashed<>(exit(1, Optional.of(signal)), CrashReport.NONE, task);
            case OutOfMemory(var kind) ->
                new Outcome.OutOfMemory<>(kind, exit(3, Optional.empty()), CrashReport.NONE, task);
            case TimeOut(var limit) ->
                new Outcome.TimedOut<>(
                        limit, "it ran longer than its deadline of " + limit, CrashReport.NONE, Optional.empty(), task);
            case Failure(var cause) -> new Outcome.Failed<>(cause, task);
            case Cancel(var reason) -> new Outcome.Cancelled<>(reason, task);
            case NotStart(var reason) -> new Outcome.NotStarted<>(reason, task);
        };
    }

    private static WorkerExit exit(int code, Optional<String> signal) {
        return new WorkerExit(
                DirectFloor.WORKER, DirectFloor.PID, code, false, signal, Optional.empty(), OptionalLong.empty());
    }
}
