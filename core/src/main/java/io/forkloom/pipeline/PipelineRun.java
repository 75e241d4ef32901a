package io.forkloom.pipeline;

import io.forkloom.async.GroupFailedException;
import io.forkloom.async.TaskGroup;
import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.thread.Joins;
import io.forkloom.internal.time.Pause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline at work.
 *
 * <p><b>Waiting.</b> {@link #await} and {@link #close} wait for the end of the run; {@link #account} and
 * {@link #cancel} do not wait. A function, or a source, that ignores interrupts holds up the end of a cancelled run.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, save that the run's own stages cannot wait for its end.
 * Once the run has ended no thread of it is left.
 */
public final class PipelineRun implements AutoCloseable {
    private final Iterable<?> source;
    private final List<Step> steps;
    private final Pause pause;
    private final Tally tally;
    private final Thread conductor = Thread.ofVirtual().name("pipeline").unstarted(this::conduct);

    private volatile @Nullable String requested; // why somebody wants it cancelled
    private volatile @Nullable String cancelReason; // why it was
    private volatile List<RunFailure> failures = List.of();

    private PipelineRun(Iterable<?> source, List<Step> steps, Pause pause) {
        this.source = source;
        this.steps = steps;
        this.pause = pause;
        this.tally = new Tally(steps);
    }

    static PipelineRun start(Iterable<?> source, List<Step> steps, Pause pause) {
        var run = new PipelineRun(source, steps, pause);
        run.conductor.start();
        return run;
    }

    /** The numbers of this moment. */
    public Account account() {
        return tally.account();
    }

    /**
     * Waits for the end. A run that was cancelled ends with an account like any other.
     *
     * @throws PipelineFailedException if it failed; its account is in the exception
     * @throws InterruptedException if the caller is interrupted; the run goes on
     */
    public Account await() throws InterruptedException {
        Scopes.check();
        try {
            conductor.join();
        } catch (InterruptedException _) {
            throw Scopes.interruption();
        }
        if (!failures.isEmpty()) {
            throw new PipelineFailedException(failures, account());
        }
        return account();
    }

    /** Asks that the run should end: its threads are interrupted, and what they have not finished is cancelled. */
    public void cancel(String reason) {
        if (requested == null) {
            requested = reason;
        }
        // It runs no code of the user's, so nobody swallows this; and it gets through before the first join, too.
        conductor.interrupt();
    }

    /** Whether {@link #await} would return at once: the account is final. */
    public boolean hasEnded() {
        return !conductor.isAlive();
    }

    /** Why the run was cancelled; empty where the cancel came after the run's end or failure. */
    public Optional<String> cancelReason() {
        return Optional.ofNullable(cancelReason);
    }

    /** Cancels the run if it still goes on, and waits for its end; an interrupt stays set. Says nothing of its failure. */
    @Override
    public void close() {
        cancel("the run was closed");
        Joins.untilEnded(conductor);
    }

    private void conduct() {
        try (var group = TaskGroup.open("pipeline")) {
            fork(group);
            joinUnlessCancelled(group);
        } catch (GroupFailedException failed) {
            // What goes wrong in a cancelled run cannot be told from what the interrupt did to it.
            if (cancelReason == null) {
                failures = errors(failed).map(RunFailure::of).toList();
            }
        } catch (Throwable error) {
            failures = List.of(RunFailure.of(error));
        } finally {
            tally.end();
        }
    }

    private void fork(TaskGroup group) {
        var flow = new Flow(group, tally, pause);
        var reader = new SourceReader(source, Assembly.of(steps, flow), flow);
        group.forkAction("source", reader::read);
    }

    private void joinUnlessCancelled(TaskGroup group) {
        try {
            group.join();
        } catch (InterruptedException _) {
            var reason = String.valueOf(requested);
            // False where a stage had failed before: then the run has failed, and closing the group says with what.
            if (group.cancel(reason)) {
                cancelReason = reason;
            }
        }
    }

    private static Stream<Throwable> errors(GroupFailedException failed) {
        return Stream.concat(Stream.ofNullable(failed.getCause()), Stream.of(failed.getSuppressed()));
    }
}
