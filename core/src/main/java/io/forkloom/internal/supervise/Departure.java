package io.forkloom.internal.supervise;

import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import java.util.Optional;

/**
 * How and why a worker is gone.
 *
 * @param outOfMemory whether it ended because it had no memory left
 * @param startProblem why it never became ready, as far as known
 */
public record Departure(WorkerExit exit, CrashReport report, boolean outOfMemory, Optional<String> startProblem) {}
