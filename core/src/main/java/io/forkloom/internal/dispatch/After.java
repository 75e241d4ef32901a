package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolEvent;
import io.forkloom.internal.supervise.Audience;
import io.forkloom.internal.supervise.Supervisor;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Endurance;
import io.forkloom.internal.time.Endurance.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What was decided under the lock, to be done when it is free. Each step is made when it is decided: what was noted here
 * is done, also where the heap is full by then.
 */
final class After<C> {
    private final List<Worker<C>> fed = new ArrayList<>(0);
    private final List<Step<Supervisor<C>, Audience>> work = new ArrayList<>(0);
    private final List<Step<Supervisor<C>, Audience>> afterwards = new ArrayList<>(0);
    private final List<Step<Supervisor<C>, Audience>> words = new ArrayList<>(0);
    private boolean missing;

    void flush(Worker<C> worker) {
        if (!fed.contains(worker)) {
            fed.add(worker);
            work.add((_, _) -> worker.flush());
        }
    }

    void condemn(Worker<C> worker, String reason, Manner manner) {
        work.add((supervisor, _) -> supervisor.condemn(worker, reason, manner));
    }

    /** It has nothing to do and is to end. */
    void retire(Worker<C> worker, String reason) {
        work.add((supervisor, _) -> supervisor.retire(worker, reason));
    }

    void interrupt(Worker<C> worker, long ticket) {
        work.add((_, _) -> worker.interrupt(ticket));
    }

    void warn(String warning) {
        work.add((_, _) -> System.getLogger("io.forkloom").log(System.Logger.Level.WARNING, warning));
    }

    /** There are to be more workers; comes after all that retire. */
    void missing() {
        if (!missing) {
            missing = true;
            afterwards.add((supervisor, _) -> supervisor.fill());
        }
    }

    /** A worker has finished its first task. */
    void proven() {
        afterwards.add((supervisor, _) -> supervisor.taskFinished());
    }

    /** A task whose attempt ended so waits for another one. */
    void retried(QueuedTask<C> task, Ending ending, int attempt) {
        var heap = task.heap == 0 ? OptionalLong.empty() : OptionalLong.of(task.heap);
        words.add((_, events) ->
                events.accept(new PoolEvent.TaskRetried(task.id(), task.label(), attempt, Tally.name(ending), heap)));
    }

    void unreadable(QueuedTask<C> task, String problem) {
        words.add((_, events) -> events.accept(new PoolEvent.ResultUnreadable(task.id(), task.label(), problem)));
    }

    void tell(QueuedTask<C> task, Ending ending) {
        words.add((_, _) -> task.tell(ending));
        words.add((_, events) -> {
            if (events.isHeard()) {
                events.accept(new PoolEvent.TaskEnded(
                        task.id(), task.label(), task.worker(), Tally.name(ending), task.waited(), task.ran()));
            }
        });
    }

    /** Workers first: they can work while the callers are woken. What fails is reported, and keeps nothing else back. */
    void run(Supervisor<C> supervisor, Audience events) {
        take(work, supervisor, events);
        take(afterwards, supervisor, events);
        take(words, supervisor, events);
    }

    private static <C> void take(List<Step<Supervisor<C>, Audience>> steps, Supervisor<C> supervisor, Audience events) {
        for (int i = 0; i < steps.size(); i++) {
            Endurance.runOrReport(steps.get(i), supervisor, events);
        }
    }
}
