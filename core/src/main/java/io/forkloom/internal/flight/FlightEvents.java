package io.forkloom.internal.flight;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** The events of one pool as the recorder knows them; where it does not want one, that costs some nanoseconds. */
final class FlightEvents {
    private final String pool;
    private final Supplier<PoolStats> stats;
    private final Runnable look = this::look;

    FlightEvents(String pool, Supplier<PoolStats> stats) {
        this.pool = pool;
        this.stats = stats;
        FlightRecorder.addPeriodicEvent(Pool.class, look);
    }

    void tell(PoolEvent event) {
        switch (event) {
            case PoolEvent.TaskEnded end -> tell(end);
            case PoolEvent.WorkerReady(var worker, long pid, var after) -> {
                var start = new WorkerStart();
                start.pool = pool;
                start.worker = worker.toString();
                start.pid = pid;
                start.after = after.toNanos();
                start.commit();
            }
            case PoolEvent.WorkerEnded(var exit, var _) -> {
                var end = new WorkerEnd();
                if (end.isEnabled()) {
                    end.pool = pool;
                    end.worker = exit.worker().toString();
                    end.pid = exit.pid();
                    end.exit = exit.toString();
                    end.reason = exit.reason().orElse("");
                    end.commit();
                }
            }
            default -> {}
        }
    }

    private void tell(PoolEvent.TaskEnded ended) {
        var task = new Task();
        if (task.isEnabled()) {
            task.pool = pool;
            task.id = ended.task();
            task.label = ended.label();
            task.worker = ended.worker().map(Object::toString).orElse("");
            task.outcome = ended.outcome();
            task.waiting = ended.waiting().toNanos();
            task.running = ended.running().toNanos();
            task.commit();
        }
    }

    private void look() {
        var event = new Pool();
        if (event.isEnabled()) {
            var now = stats.get();
            event.pool = pool;
            event.workers = now.workers();
            event.ready = now.ready();
            event.waiting = now.waiting();
            event.running = now.running();
            event.submitted = now.submitted();
            event.completed = now.completed();
            event.unfinished = now.ended() - now.completed();
            event.started = now.started();
            event.commit();
        }
    }

    void close() {
        FlightRecorder.removePeriodicEvent(look);
        look();
    }

    @Name("io.forkloom.Task")
    @Label("Task")
    @Category("Forkloom")
    @Description("A task has ended")
    @StackTrace(false)
    static final class Task extends Event {
        String pool = "";
        long id;
        String label = "";

        @Description("The worker that had it last; empty where none did")
        String worker = "";

        String outcome = "";

        @Timespan
        @Description("From its acceptance until a worker turned to it")
        long waiting;

        @Timespan
        long running;
    }

    @Name("io.forkloom.WorkerStart")
    @Label("Worker Start")
    @Category("Forkloom")
    @Description("A worker has run its initialiser and can take tasks")
    @StackTrace(false)
    static final class WorkerStart extends Event {
        String pool = "";
        String worker = "";
        long pid;

        @Timespan
        @Description("How long that took")
        long after;
    }

    @Name("io.forkloom.WorkerEnd")
    @Label("Worker End")
    @Category("Forkloom")
    @Description("A worker has ended, for whatever reason")
    @StackTrace(false)
    static final class WorkerEnd extends Event {
        String pool = "";
        String worker = "";
        long pid;

        @Description("Its exit code or signal, in words")
        String exit = "";

        @Description("Why the pool ended it; empty where it ended by itself")
        String reason = "";
    }

    @Name("io.forkloom.Pool")
    @Label("Pool")
    @Category("Forkloom")
    @Description("What a pool does")
    @Period("1 s")
    @StackTrace(false)
    static final class Pool extends Event {
        String pool = "";
        int workers;

        @Description("Workers that can take tasks or are at one")
        int ready;

        int waiting;
        int running;
        long submitted;
        long completed;

        @Description("Tasks that ended in another way")
        long unfinished;

        @Description("Workers started since the pool was opened")
        long started;
    }
}
