package io.forkloom.internal.dispatch;

import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.time.Alarms.Alarm;
import io.forkloom.internal.time.Ticks;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The clocks of tasks: sets an alarm for each, looks when it rings, and tells when a time is over. What a limit is, is
 * said by {@link Limits}. No thread and no lock of its own: guarded by the dispatcher's.
 */
final class Clocks<C> {
    /** Decides something later, under the lock. */
    interface Later<C> {
        Alarm after(long nanos, Consumer<After<C>> decision);
    }

    /** Is told when a time is over. */
    interface Listener<C> {
        /** It may wait no longer, and may have been given to a worker meanwhile. */
        void waitedEnough(QueuedTask<C> task, After<C> after);

        /** Its worker has it, and is to be stopped. */
        void ranOut(Load<C> load, QueuedTask<C> task, Limits.Lapse lapse, After<C> after);

        /** Its worker was stopped, and does not die. */
        void abandon(QueuedTask<C> task, After<C> after);
    }

    /** How long the answer of a task that is over may take before its deadline is looked at again. */
    private static final long PATIENCE = 100_000_000; // 100 ms

    /** After a kill: longer than the keeper's own bounds, so that it is never the first to speak. */
    private static final long ABANDON = 10_000_000_000L; // 10 s

    private final Crew<C> crew;
    private final Later<C> later;
    private final Listener<C> listener;

    Clocks(Crew<C> crew, Later<C> later, Listener<C> listener) {
        this.crew = crew;
        this.later = later;
        this.listener = listener;
    }

    /** The task waits from now on, for the first time or for another attempt. */
    void waits(QueuedTask<C> task) {
        task.cancelWaitAlarm(); // that of an earlier attempt
        if (task.limits.waiting().isPresent()) {
            int attempt = task.attempt();
            task.waitAlarm = later.after(Ticks.of(task.limits.waiting().get()), after -> {
                if (task.attempt() == attempt) { // an alarm may ring while it is cancelled
                    listener.waitedEnough(task, after);
                }
            });
        }
    }

    /** The task is the first of its worker's now: its time begins. */
    void turnsTo(QueuedTask<C> task) {
        task.turnedToAt = Ticks.now();
        var first = task.limits.first();
        if (first.isPresent()) {
            lookIn(first.getAsLong(), task);
        }
    }

    /** The worker of this task was told to die. */
    void stops(QueuedTask<C> task) {
        task.cancelAlarm();
        task.alarm = later.after(ABANDON, after -> listener.abandon(task, after));
    }

    private void lookIn(long nanos, QueuedTask<C> task) {
        long ticket = task.ticket;
        task.alarm = later.after(nanos, after -> look(task, ticket, after));
    }

    /** Looks at the clocks of a task that had this ticket. */
    private void look(QueuedTask<C> task, long ticket, After<C> after) {
        var load = task.load;
        if (load == null || task.ticket != ticket || !(task.state instanceof Given) || crew.find(load.worker) == null) {
            return; // it ended just now, or waits again, or its worker dies
        }
        switch (verdict(load, task)) {
            case Limits.Verdict.Free() -> {}
            case Limits.Verdict.Wait(long nanos) -> lookIn(nanos, task);
            case Limits.Verdict.Interrupt(var lapse) -> {
                task.interrupted = Optional.of(lapse);
                after.interrupt(load.worker, ticket);
                look(task, ticket, after);
            }
            case Limits.Verdict.Stop(var lapse) -> {
                if (load.isOver(task) && task.patience > 0) {
                    task.patience--; // its answer is on the way; a worker that only says so is not believed for ever
                    lookIn(PATIENCE, task);
                } else {
                    listener.ranOut(load, task, lapse, after);
                }
            }
        }
    }

    private Limits.Verdict verdict(Load<C> load, QueuedTask<C> task) {
        return task.limits.look(
                task.turnedToAt, task.interrupted.isPresent(), load.worker.pulse(task.ticket), Ticks.now());
    }
}
