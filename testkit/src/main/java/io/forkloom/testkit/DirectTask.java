package io.forkloom.testkit;

import io.forkloom.Outcome;
import io.forkloom.Retry;
import io.forkloom.TaskContext;
import io.forkloom.TaskHandle;
import io.forkloom.TaskInfo;
import io.forkloom.TaskOptions;
import io.forkloom.Timing;
import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task of a {@link DirectPool}, and its handle. Guarded by the floor's lock. */
final class DirectTask<R extends @Nullable Object> implements TaskHandle<R> {
    /** What is asked for. */
    record Call(
            CallKind kind, Serializable function, @Nullable Object[] arguments, TaskOptions options) {}

    /** Time stands still, but no task takes none. */
    private static final Timing TIMING = new Timing(Duration.ofNanos(1), Duration.ofNanos(1));

    private final DirectFloor floor;
    private final long id;
    private final String label;
    private final Shape shape;
    private final List<WorkerExit> earlier = new ArrayList<>(0);
    private final List<Runnable> afterwards = new ArrayList<>(1);
    /** Until its end: handles are kept for long. */
    private @Nullable Call call;

    private @Nullable Outcome<R> outcome;

    DirectTask(DirectFloor floor, long id, Call call) {
        this.floor = floor;
        this.call = call;
        this.id = id;
        this.shape = Shape.of(call.function);
        this.label = call.options.label().orElse(shape.name());
    }

    long id() {
        return id;
    }

    String label() {
        return label;
    }

    /** On this thread, to its end. */
    void run() {
        var asked = Objects.requireNonNull(call);
        var fault = floor.fault(label());
        while (fault.isPresent() && isRetried(fault.get(), asked.options.retry())) {
            fault = floor.fault(label());
        }
        end(fault.isPresent() ? fault.get().outcome(info(true, true)) : result(asked));
    }

    private boolean isRetried(Fault fault, Retry retry) {
        Optional<WorkerExit> exit = switch (fault.outcome(info(true, true))) {
            case Outcome.Crashed<?> crashed when retry.afterCrash() -> Optional.of(crashed.exit());
            case Outcome.OutOfMemory<?> full when retry.afterOutOfMemory() -> Optional.of(full.exit());
            default -> Optional.empty();
        };
        boolean again = exit.isPresent() && earlier.size() + 1 < retry.attempts();
        if (again) {
            earlier.add(exit.get());
        }
        return again;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the function gives an R, null where R allows it
    private Outcome<R> result(Call asked) {
        try {
            var ledger = Ledger.inMemory();
            ledger.begin(id);
            var value = new TaskContext(DirectFloor.WORKER, shape.name(), ledger, id, floor.states())
                    .run(asked.kind, asked.function, asked.arguments);
            return new Outcome.Completed<>((R) value, info(true, false));
        } catch (Throwable e) { // whatever a task throws is its outcome
            return new Outcome.Failed<>(e, info(true, true));
        } finally {
            Thread.interrupted(); // what a task left behind must not reach the next
        }
    }

    void end(Outcome<R> how) {
        outcome = how;
        call = null;
        floor.ended(this, how);
        afterwards.forEach(DirectTask::perform);
        afterwards.clear();
    }

    void end(Fault fault) {
        end(fault.outcome(info(false, true)));
    }

    /** The outcome of an argument that a map with no time at all has taken. */
    static <R extends @Nullable Object> Outcome<R> late(Call call, Duration none) {
        var task = new DirectTask<R>(new DirectFloor(Optional.empty()), 0, call);
        return new Outcome.TimedOut<>(
                none,
                "the map's time-out of " + Ticks.words(none) + " was over after 0 results",
                CrashReport.NONE,
                Optional.empty(),
                task.info(false, true));
    }

    private TaskInfo info(boolean started, boolean failed) {
        return new TaskInfo(
                id,
                label(),
                failed ? shape.site() : Optional.empty(),
                started ? Optional.of(DirectFloor.WORKER) : Optional.empty(),
                TIMING,
                List.copyOf(earlier));
    }

    @Override
    public R join() throws InterruptedException {
        return await().orThrow();
    }

    @Override
    public Outcome<R> await() throws InterruptedException {
        return floor.locked(() -> {
            while (outcome == null) {
                if (!floor.step()) {
                    throw new IllegalStateException(
                            this + " is awaited by a task that it waits for itself, or by itself");
                }
            }
            return outcome;
        });
    }

    /** Never empty: time stands still. */
    @Override
    public Optional<Outcome<R>> await(Duration atMost) throws InterruptedException {
        return Optional.of(await());
    }

    @Override
    public Optional<Outcome<R>> poll() {
        return floor.locked(() -> Optional.ofNullable(outcome));
    }

    @Override
    public boolean cancel(String reason) {
        return floor.locked(() -> floor.remove(this, new Fault.Cancel(reason)));
    }

    /** On the thread that runs the task, or this one. */
    @Override
    public void whenEnded(Runnable action) {
        floor.locked(() -> {
            if (outcome == null) {
                afterwards.add(action);
            } else {
                perform(action);
            }
            return true;
        });
    }

    /** What it throws is told as that of a thread of its own would be, and disturbs neither tasks nor who waits. */
    private static void perform(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    @Override
    public boolean isDone() {
        return poll().isPresent();
    }

    @Override
    public boolean isCancelled() {
        return poll().filter(Outcome.Cancelled.class::isInstance).isPresent();
    }

    @Override
    public String toString() {
        return "task " + id + " (" + label() + ") "
                + poll().map(how -> how.getClass().getSimpleName()
                                + how.task()
                                        .worker()
                                        .map(each -> " in worker " + each)
                                        .orElse(""))
                        .orElse("waiting");
    }
}
