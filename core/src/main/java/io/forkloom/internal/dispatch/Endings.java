package io.forkloom.internal.dispatch;

import io.forkloom.event.CrashReport;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.dispatch.TaskState.Ended;
import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.time.Ticks;
import java.util.Optional;

/**
 * Takes tasks from state to state, counts how they end, and has each end told once. No lock of its own: guarded by the
 * dispatcher's.
 */
final class Endings<C> {
    private final Tally tally = new Tally();
    /** Accepted and not ended. */
    private long open;

    /** The task was accepted. */
    void begin(QueuedTask<C> task) {
        tally.submitted++;
        open++;
        task.id = tally.submitted;
        task.acceptedAt = Ticks.now();
    }

    boolean allEnded() {
        return open == 0;
    }

    PoolStats stats(Posts<C> posts, int waiting, long started) {
        return tally.snapshot(posts.target(), posts.crew().size(), posts.spares(), waiting, started);
    }

    void step(QueuedTask<C> task, Event event, After<C> after) {
        if (task.state instanceof Ended) {
            return;
        }
        var next = task.state.next(event);
        if (next instanceof Ended(var ending)) {
            after.tell(
                    task, ending); // first: where there is no memory for it nothing has changed, and it can be repeated
            task.state = next;
            open--;
            task.end();
            tally.add(task, ending);
        } else {
            task.state = next;
        }
    }

    /** A value that nobody can read is none: from now on the task has failed. */
    void unreadable(QueuedTask<C> task, String problem, After<C> after) {
        if (!task.unreadable) {
            after.unreadable(task, problem);
            task.unreadable = true;
            tally.unreadable();
        }
    }

    /** That of a task at which a worker has died. */
    static Ending of(Departure departure, CrashReport report) {
        return departure
                .outOfMemory()
                .<Ending>map(kind -> new Ending.OutOfMemory(kind, departure.exit(), report))
                .orElseGet(() -> new Ending.Crashed(departure.exit(), report));
    }

    /** A task that fails after its soft limit has struck has run out of time, and not failed. */
    static Ending of(QueuedTask<?> task, Ending.Answered answer) {
        return answer.failed() && task.interrupted.isPresent()
                ? new Ending.TimedOut(task.interrupted.get(), CrashReport.NONE, Optional.of(answer))
                : answer;
    }

    /** That of a task that waits and will not be started, or not again. */
    static Ending never(QueuedTask<?> task, String reason) {
        return task.earlier.isEmpty() ? new Ending.NotStarted(reason) : task.earlier.removeLast();
    }
}
