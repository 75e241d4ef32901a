package io.forkloom.event;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Something happened in a pool. */
public sealed interface PoolEvent {

    /**
     * A worker is being started.
     *
     * @param heap bytes, where it is to be larger than the others
     */
    record WorkerStarted(WorkerId worker, OptionalLong heap) implements PoolEvent {}

    /** A worker has run its initialiser and can take tasks. */
    record WorkerReady(WorkerId worker, long pid, Duration after) implements PoolEvent {}

    /** A worker has ended, for whatever reason. */
    record WorkerEnded(WorkerExit exit, CrashReport report) implements PoolEvent {}

    /**
     * A worker has printed a line, or logged it to its console, which is standard error.
     *
     * @param task the task that ran when it was printed, as far as known; empty for the initialiser, and between tasks
     * @param label of that task
     * @param error whether it came by standard error
     */
    record WorkerPrinted(WorkerId worker, OptionalLong task, Optional<String> label, boolean error, String line)
            implements PoolEvent {}

    /**
     * A task has ended.
     *
     * @param worker the one that had it last; empty where none did
     * @param outcome the name of its {@code Outcome} record
     */
    record TaskEnded(
            long task, String label, Optional<WorkerId> worker, String outcome, Duration waiting, Duration running)
            implements PoolEvent {}

    /**
     * An attempt at a task has cost its worker, and the task waits for another.
     *
     * @param outcome as for an end
     * @param heap bytes of the worker for the next attempt, where that is to be larger than the others
     */
    record TaskRetried(long task, String label, int attempt, String outcome, OptionalLong heap) implements PoolEvent {}

    /**
     * A task that was told to have completed has given a value that its caller cannot read: its outcome is {@code Failed},
     * and from now on it counts so. Told when somebody asks for the value, so most often after its {@link TaskEnded}.
     */
    record ResultUnreadable(long task, String label, String problem) implements PoolEvent {}

    /** The pool gave up restarting its workers. */
    record PoolBroken(String reason) implements PoolEvent {}

    /** The listener was too slow and has missed this many events. */
    record EventsMissed(long count) implements PoolEvent {}
}
