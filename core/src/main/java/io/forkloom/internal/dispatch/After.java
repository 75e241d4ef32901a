package io.forkloom.internal.dispatch;

import io.forkloom.event.PoolEvent;
import io.forkloom.internal.supervise.Supervisor;
import io.forkloom.internal.supervise.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was decided under the lock, to be done when it is free. */
final class After<C> {
    private record Condemned<C>(Worker<C> worker, String reason) {}

    private record Ended<C>(QueuedTask<C> task, Ending ending) {}

    private final List<Worker<C>> fed = new ArrayList<>(2);
    private final List<Condemned<C>> condemned = new ArrayList<>(0);
    private final List<Ended<C>> ended = new ArrayList<>(2);
    private boolean proven;

    void flush(Worker<C> worker) {
        if (!fed.contains(worker)) {
            fed.add(worker);
        }
    }

    void condemn(Worker<C> worker, String reason) {
        condemned.add(new Condemned<>(worker, reason));
    }

    void tell(QueuedTask<C> task, Ending ending) {
        ended.add(new Ended<>(task, ending));
    }

    /** A worker has finished its first task. */
    void proven() {
        proven = true;
    }

    /** Workers first: they can work while the callers are woken. */
    void run(Supervisor<C> supervisor, Consumer<PoolEvent> events) {
        fed.forEach(Worker::flush);
        condemned.forEach(each -> supervisor.condemn(each.worker, each.reason));
        if (proven) {
            supervisor.taskFinished();
        }
        for (var each : ended) {
            var task = each.task;
            task.ended().complete(each.ending);
            events.accept(new PoolEvent.TaskEnded(
                    task.id(), task.label(), Tally.name(each.ending), task.waited(), task.ran()));
        }
    }
}
