package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How and why a worker is gone.
 *
 * @param outOfMemory which memory it had run out of; empty where that was not its end
 * @param startProblem why it never became ready, as far as known
 * @param shortage whether it never became ready because there was no room for it
 */
public record Departure(
        WorkerExit exit,
        CrashReport report,
        Optional<MemoryKind> outOfMemory,
        Optional<String> startProblem,
        boolean shortage) {

    /** Of a worker of which nothing was seen, or no more can be said. */
    static Departure unmet(WorkerId id, Optional<String> reason, String problem) {
        var exit = new WorkerExit(id, 0, -1, true, Optional.empty(), reason, OptionalLong.empty());
        return new Departure(exit, CrashReport.NONE, Optional.empty(), Optional.of(problem), false);
    }

    Departure forShortage() {
        return new Departure(exit, report, outOfMemory, startProblem, true);
    }
}
