package io.forkloom.internal.dispatch;

import io.forkloom.event.Histogram;
import io.forkloom.event.PoolStats;
import io.forkloom.event.PoolTimes;

/** Counts endings and times. Guarded by the dispatcher's lock. */
final class Tally {
    long submitted;
    private long completed;
    private long failed;
    private long timedOut;
    private long outOfMemory;
    private long crashed;
    private long cancelled;
    private long notStarted;
    private final Histogram.Recorder waited = new Histogram.Recorder();
    private final Histogram.Recorder ran = new Histogram.Recorder();
    private final Histogram.Recorder overhead = new Histogram.Recorder();

    void add(QueuedTask<?> task, Ending ending) {
        count(ending);
        if (task.worker().isPresent()) {
            long running = task.endedAt - task.turnedToAt;
            waited.record(task.turnedToAt - task.acceptedAt);
            ran.record(running);
            if (task.measured >= 0) {
                overhead.record(Math.max(0, running - task.measured));
            }
        }
    }

    private void count(Ending ending) {
        if (ending instanceof Ending.Answered answered) { // alone: a switch over types costs the first result some ms
            if (answered.failed()) {
                failed++;
            } else {
                completed++;
            }
        } else {
            countLost(ending);
        }
    }

    private void countLost(Ending ending) {
        switch (ending) {
            case Ending.Answered _ -> throw new IllegalArgumentException("it was answered");
            case Ending.TimedOut _ -> timedOut++;
            case Ending.OutOfMemory _ -> outOfMemory++;
            case Ending.Crashed _ -> crashed++;
            case Ending.Cancelled _ -> cancelled++;
            case Ending.NotStarted _ -> notStarted++;
        }
    }

    /** One that had completed has failed, because its value cannot be read. */
    void unreadable() {
        completed--;
        failed++;
    }

    /** The name of the outcome that this ending becomes. */
    static String name(Ending ending) {
        return ending instanceof Ending.Answered(boolean failure, var _)
                ? failure ? "Failed" : "Completed"
                : ending.getClass().getSimpleName();
    }

    PoolStats snapshot(int workers, int ready, int spares, int waiting, long started) {
        long ended = completed + failed + timedOut + outOfMemory + crashed + cancelled + notStarted;
        return new PoolStats(
                workers,
                ready,
                spares,
                waiting,
                (int) (submitted - ended - waiting),
                submitted,
                completed,
                failed,
                timedOut,
                outOfMemory,
                crashed,
                cancelled,
                notStarted,
                started,
                new PoolTimes(waited.snapshot(), ran.snapshot(), overhead.snapshot()));
    }
}
