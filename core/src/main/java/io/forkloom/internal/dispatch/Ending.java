package io.forkloom.internal.dispatch;

import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import org.jspecify.annotations.Nullable;

/** How a task ended, before anybody has decoded what it gave. */
public sealed interface Ending {
    record Answered(boolean failed, @Nullable Object payload) implements Ending {}

    record TimedOut() implements Ending {}

    record OutOfMemory(WorkerExit exit, CrashReport report) implements Ending {}

    record Crashed(WorkerExit exit, CrashReport report) implements Ending {}

    record Cancelled(String reason) implements Ending {}

    record NotStarted(String reason) implements Ending {}
}
