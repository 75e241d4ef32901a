package io.forkloom.internal.dispatch;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.Worker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A worker that serves, and the tasks it has, in order; the first is the one it runs. Guarded by the dispatcher's lock. */
final class Load<C> {
    /** Output comes by another way than the answer, and later by as much as its reader is kept waiting. */
    private static final int REMEMBERED = 1024; // 50 ms of tasks of 50 µs

    private static final int TOLD = 5;

    final Worker<C> worker;
    final Optional<WorkerId> id;
    final Recycling.Service service;
    final ArrayDeque<QueuedTask<C>> tasks = new ArrayDeque<>();
    /** The last ticket that it answered; 0 for none. */
    long answered;
    /** The call that runs for so long that nothing may wait behind it; 0 for none. */
    long slow;
    /** Whether an alarm is set for what stands behind its call. */
    boolean guarded;
    /** Bytes of its tasks. */
    long bytes;
    /** Calls that were given and wait for more to be sent with. */
    int unsent;
    /** Whether it ever finished one. */
    boolean proven;
    /** Since when it has nothing to do, if so. */
    long idleSince;

    /** A task that it runs, or has run. */
    record Ran(long ticket, long task, String label) {}

    /** The tasks that it has run, the latest first. */
    private final ArrayDeque<Ran> before = new ArrayDeque<>();

    Load(Worker<C> worker, Recycling.Service service, long now) {
        this.worker = worker;
        this.id = Optional.of(worker.id());
        this.service = service;
        this.idleSince = now;
    }

    /** The worker has finished the task, or turned to a later one: its answer is on the way. */
    boolean isOver(QueuedTask<C> task) {
        return task.ticket <= worker.finished();
    }

    /** Only for tasks that need it. */
    boolean isLarger() {
        return worker.heap() > 0;
    }

    void ran(QueuedTask<C> task) {
        before.addFirst(new Ran(task.ticket, task.id, task.label()));
        if (before.size() > REMEMBERED) {
            before.removeLast();
        }
    }

    /** Labels of the tasks that it has run, the latest first. */
    List<String> before() {
        return before.stream().limit(TOLD).map(Ran::label).toList();
    }

    /** The task that has this ticket, or had it just now. */
    Optional<Ran> ran(long ticket) {
        if (ticket == 0) {
            return Optional.empty(); // of no task
        }
        return Stream.concat(tasks.stream().map(task -> new Ran(task.ticket, task.id, task.label())), before.stream())
                .filter(each -> each.ticket == ticket)
                .findFirst();
    }
}
