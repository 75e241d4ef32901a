package io.forkloom.internal.dispatch;

import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a task ended, before anybody has decoded what it gave. */
public sealed interface Ending {
    record Answered(boolean failed, @Nullable Object payload) implements Ending {}

    /**
     * A clock ran out.
     *
     * @param failure what the task gave when it was interrupted; empty where it was stopped, then there is a report
     */
    record TimedOut(Limits.Lapse lapse, CrashReport report, Optional<Answered> failure) implements Ending {}

    record OutOfMemory(MemoryKind kind, WorkerExit exit, CrashReport report) implements Ending {}

    record Crashed(WorkerExit exit, CrashReport report) implements Ending {}

    record Cancelled(String reason) implements Ending {}

    record NotStarted(String reason) implements Ending {}

    /** The same verdict, with the evidence of what it came to. */
    default Ending with(CrashReport report) {
        return this instanceof TimedOut(var lapse, var _, var failure) ? new TimedOut(lapse, report, failure) : this;
    }
}
