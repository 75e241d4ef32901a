package io.forkloom;

import io.forkloom.event.WorkerExit;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.dispatch.Dispatcher;
import io.forkloom.internal.dispatch.Ending;
import io.forkloom.internal.dispatch.Limits;
import io.forkloom.internal.dispatch.QueuedTask;
import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A task of a dispatched pool; decodes its outcome once, for the first who asks. Many keep handles for long, so it holds
 * nothing of the call: what the task needs while it is under way is let go of at its end.
 */
final class Handle<C, R extends @Nullable Object> implements TaskHandle<R>, QueuedTask.Watcher {
    /** How long an interrupted caller stays for the end of what it cancelled; longer than a kill ever takes. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(15);

    private final Dispatcher<C> dispatcher;
    private final Border<C> border;
    private final Shape shape;
    private final QueuedTask<C> task;
    private @Nullable Outcome<R> outcome;
    private @Nullable Unseen unseen;

    Handle(Dispatcher<C> dispatcher, Border<C> border, Shape shape, QueuedTask<C> task) {
        this.dispatcher = dispatcher;
        this.border = border;
        this.shape = shape;
        this.task = task;
    }

    /** Its failure is to be logged if nobody looks at it. Before it is submitted. */
    Handle<C, R> watched() {
        task.watch(this);
        return this;
    }

    /** Comes before the end is told: nobody has looked yet. */
    @Override
    public void failed() {
        var same = new Handle<C, R>(dispatcher, border, shape, task);
        unseen = Unseen.watch(this, () -> same.poll().orElseThrow());
    }

    QueuedTask<C> task() {
        return task;
    }

    @Override
    public R join() throws InterruptedException {
        return await().orThrow();
    }

    /** As {@link #join}; an interrupt cancels the task and waits until it has ended. */
    R joinOrCancel() throws InterruptedException {
        try {
            return join();
        } catch (InterruptedException e) {
            cancel("its caller was interrupted");
            awaitEnd(LAST_WAIT);
            var _ = poll(); // it may have failed just before, and the caller has no handle to look at
            throw e;
        }
    }

    @Override
    public Outcome<R> await() throws InterruptedException {
        Scopes.check();
        try {
            return outcome(task.ended().get());
        } catch (InterruptedException e) {
            throw Scopes.interruption();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // endings are only ever completed
        }
    }

    @Override
    public Optional<Outcome<R>> await(Duration atMost) throws InterruptedException {
        Scopes.check();
        try {
            return awaitWhatever(Ticks.of(atMost)).map(this::outcome);
        } catch (InterruptedException e) {
            throw Scopes.interruption();
        }
    }

    /** Also where the caller is in a scope that is cancelled. */
    private Optional<Ending> awaitWhatever(long nanos) throws InterruptedException {
        try {
            return Optional.of(task.ended().get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // see await()
        }
    }

    @Override
    public Optional<Outcome<R>> poll() {
        var ending = task.ended().getNow(null);
        return ending == null ? Optional.empty() : Optional.of(outcome(ending));
    }

    @Override
    public boolean cancel(String reason) {
        return dispatcher.cancel(task, reason);
    }

    @Override
    public void whenEnded(Runnable action) {
        atEnd(() -> Thread.ofVirtual().name("forkloom-ended").start(action));
    }

    /** Runs the action when the task has ended, on a thread of the pool: it must be short. */
    void atEnd(Runnable action) {
        var _ = task.ended().thenRun(action);
    }

    /** {@code task 12 (Pages::parse) running in worker 0.1}; after the end its outcome instead. */
    @Override
    public String toString() {
        return task.toString();
    }

    /** What is known of the task now; the site only where {@code failed}, because it is slow to find. */
    TaskInfo info(boolean failed) {
        return new TaskInfo(
                task.id(),
                task.label(),
                failed ? shape.site() : Optional.empty(),
                task.worker(),
                new Timing(task.waited(), task.ran()),
                task.earlier().isEmpty()
                        ? List.of()
                        : task.earlier().stream()
                                .map(Handle::exit)
                                .flatMap(Optional::stream)
                                .toList());
    }

    private void awaitEnd(Duration atMost) {
        long deadline = Ticks.now() + Ticks.of(atMost);
        while (!task.ended().isDone() && deadline - Ticks.now() > 0) {
            try {
                var _ = awaitWhatever(deadline - Ticks.now());
            } catch (InterruptedException e) {
                // It is being cancelled already, and the wait is bounded; the caller throws the first interrupt.
            }
        }
    }

    private synchronized Outcome<R> outcome(Ending ending) {
        if (outcome == null) {
            outcome = decode(ending);
        }
        if (unseen != null) {
            unseen.seen();
            unseen = null;
        }
        return outcome;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the function gave an R, null where R allows it
    private Outcome<R> decode(Ending ending) {
        if (ending instanceof Ending.Answered(boolean failed, var payload) && !failed) {
            try {
                return new Outcome.Completed<>((R) border.value(payload, shape.result()), info(false));
            } catch (SerialisationException e) {
                dispatcher.unreadable(task, String.valueOf(e.getMessage())); // before anybody sees the outcome
                return new Outcome.Failed<>(e, info(true));
            }
        }
        var info = info(true);
        return switch (ending) {
            case Ending.Answered(var _, var payload) -> new Outcome.Failed<>(border.failure(payload), info);
            case Ending.TimedOut(var lapse, var report, var failure) ->
                new Outcome.TimedOut<>(
                        lapse.limit(),
                        words(lapse),
                        report,
                        failure.map(answer -> border.failure(answer.payload())),
                        info);
            case Ending.OutOfMemory(var kind, var exit, var report) ->
                new Outcome.OutOfMemory<>(kind, exit, report, info);
            case Ending.Crashed(var exit, var report) -> new Outcome.Crashed<>(exit, report, info);
            case Ending.Cancelled(var reason) -> new Outcome.Cancelled<>(reason, info);
            case Ending.NotStarted(var reason) -> new Outcome.NotStarted<>(reason, info);
        };
    }

    private static String words(Limits.Lapse lapse) {
        String limit = Ticks.words(lapse.limit());
        return switch (lapse.clock()) {
            case RUNNING -> "it ran longer than its deadline of " + limit;
            case SILENCE -> "it told of no progress for " + limit;
            case SOFT -> "it gave up when it was interrupted after " + limit;
        };
    }

    private static Optional<WorkerExit> exit(Ending ending) {
        return switch (ending) {
            case Ending.Crashed(var exit, var _) -> Optional.of(exit);
            case Ending.OutOfMemory(var _, var exit, var _) -> Optional.of(exit);
            default -> Optional.empty();
        };
    }

    // As a Future.

    @Override
    public boolean isCancelled() {
        return task.ended().getNow(null) instanceof Ending.Cancelled;
    }

    @Override
    public boolean isDone() {
        return task.ended().isDone();
    }
}
