package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolEvent;
import io.forkloom.internal.supervise.Supervisor;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.Worker.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was decided under the lock, to be done when it is free. */
final class After<C> {
    private record Condemned<C>(Worker<C> worker, String reason, Manner manner) {}

    private record Retired<C>(Worker<C> worker, String reason) {}

    private record Interrupted<C>(Worker<C> worker, long ticket) {}

    private record Retried<C>(QueuedTask<C> task, Ending ending, int attempt) {}

    private record Ended<C>(QueuedTask<C> task, Ending ending) {}

    private final List<Worker<C>> fed = new ArrayList<>(2);
    private final List<Condemned<C>> condemned = new ArrayList<>(0);
    private final List<Retired<C>> retired = new ArrayList<>(0);
    private final List<Interrupted<C>> interrupted = new ArrayList<>(0);
    private final List<Retried<C>> retried = new ArrayList<>(0);
    private final List<Ended<C>> ended = new ArrayList<>(2);
    private final List<String> warnings = new ArrayList<>(0);
    private boolean proven;
    private boolean missing;

    void flush(Worker<C> worker) {
        if (!fed.contains(worker)) {
            fed.add(worker);
        }
    }

    void condemn(Worker<C> worker, String reason, Manner manner) {
        condemned.add(new Condemned<>(worker, reason, manner));
    }

    /** It has nothing to do and is to end. */
    void retire(Worker<C> worker, String reason) {
        retired.add(new Retired<>(worker, reason));
    }

    /** There are to be more workers. */
    void missing() {
        missing = true;
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    void interrupt(Worker<C> worker, long ticket) {
        interrupted.add(new Interrupted<>(worker, ticket));
    }

    /** A task whose attempt ended so waits for another one. */
    void retried(QueuedTask<C> task, Ending ending, int attempt) {
        retried.add(new Retried<>(task, ending, attempt));
    }

    void tell(QueuedTask<C> task, Ending ending) {
        ended.add(new Ended<>(task, ending));
    }

    /** A worker has finished its first task. */
    void proven() {
        proven = true;
    }

    /** Workers first: they can work while the callers are woken. What fails is reported, and keeps nothing else back. */
    void run(Supervisor<C> supervisor, Consumer<PoolEvent> events) {
        fed.forEach(worker -> attempt(worker::flush));
        condemned.forEach(each -> attempt(() -> supervisor.condemn(each.worker, each.reason, each.manner)));
        interrupted.forEach(each -> attempt(() -> each.worker.interrupt(each.ticket)));
        retired.forEach(each -> attempt(() -> supervisor.retire(each.worker, each.reason)));
        if (missing) {
            attempt(supervisor::fill);
        }
        warnings.forEach(each -> attempt(() -> System.getLogger("io.forkloom").log(System.Logger.Level.WARNING, each)));
        if (proven) {
            attempt(supervisor::taskFinished);
        }
        for (var each : retried) {
            attempt(() -> events.accept(new PoolEvent.TaskRetried(
                    each.task.id(), each.task.label(), each.attempt, Tally.name(each.ending))));
        }
        for (var each : ended) {
            var task = each.task;
            attempt(() -> task.tell(each.ending));
            attempt(() -> events.accept(new PoolEvent.TaskEnded(
                    task.id(), task.label(), task.worker(), Tally.name(each.ending), task.waited(), task.ran())));
        }
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
