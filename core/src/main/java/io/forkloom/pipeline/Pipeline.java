package io.forkloom.pipeline;

import io.forkloom.TaskFunction;
import io.forkloom.TaskPool;
import io.forkloom.internal.time.Pause;
import io.forkloom.pipeline.Stage.Bounds;
import io.forkloom.pipeline.Step.Batching;
import io.forkloom.pipeline.Step.Branching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes items from a source through stages that wait and stages that compute.
 *
 * <pre>{@code
 * Account account = Pipeline.from(urls)
 *         .onError(retry(3, ofMillis(200)).thenDeadLetter(file::append))
 *         .io("fetch", 64, http::get)
 *         .cpu("parse", pool, Pages::parse)
 *         .batch(100, ofMillis(500))
 *         .sink("store", 16, database::insertAll)
 *         .run();
 * }</pre>
 *
 * <p>Results flow on as they are completed, in no order, if it is not {@link #ordered}. Everything is bounded: a stage works
 * on at most {@code limit} items, at most 16 wait before it, or as many as {@link #buffer} says, and the source is read no
 * faster than that; it may be endless. Behind {@link #batch} an item is a batch.
 *
 * <p>This is a description: immutable, and each method gives a new one. {@link #start} and {@link #run} may be called
 * many times, and each iterates the source anew, on one virtual thread of the run's own.
 *
 * <p><b>Failure.</b> By default the first item that fails, fails the run; {@link #onError} says otherwise, and the
 * account tells what became of each item. A source that throws always fails the run. What was under way is then
 * cancelled.
 *
 * @param <T> what the last stage gives
 */
public final class Pipeline<T extends @Nullable Object> {
    /** Items that wait before a stage: enough for its units not to wait for the stage before, few enough to be cheap. */
    private static final int WAITING = 16;

    private final Iterable<?> source;
    private final List<Step> steps;
    private final OnError policy;
    private final OptionalInt buffer; // before the next step

    private Pipeline(Iterable<?> source, List<Step> steps, OnError policy, OptionalInt buffer) {
        this.source = source;
        this.steps = steps;
        this.policy = policy;
        this.buffer = buffer;
    }

    /** Items to begin with; the iterator may block, and should then answer to an interrupt. */
    public static <T extends @Nullable Object> Pipeline<T> from(Iterable<? extends T> source) {
        return new Pipeline<>(source, List.of(), OnError.fail(), OptionalInt.empty());
    }

    /** Adds a stage that waits: the function runs on up to {@code limit} virtual threads. */
    public <R extends @Nullable Object> Pipeline<R> io(
            String name, int limit, StageFunction<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return with(Stage.of(name, new Bounds(limit, room(limit), 0), function, policy));
    }

    /**
     * Adds a stage that computes in the pool: two items for each of its workers, so that none waits for its next. Any pool
     * will do, processes, isolates or threads; it may serve several stages and runs, and is its owner's to close.
     */
    public <R extends @Nullable Object> Pipeline<R> cpu(
            String name, TaskPool pool, TaskFunction<? super T, ? extends R> function) {
        return cpu(name, 2 * pool.workers(), pool, function);
    }

    /** As {@link #cpu(String, TaskPool, TaskFunction)}, with up to {@code limit} items in the pool's hands. */
    public <R extends @Nullable Object> Pipeline<R> cpu(
            String name, int limit, TaskPool pool, TaskFunction<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return io(name, limit, item -> pool.call(function, item));
    }

    /** Adds a last stage, which waits and gives nothing. */
    public Pipeline<@Nullable Void> sink(String name, int limit, StageAction<? super T> action) {
        Objects.requireNonNull(action, "action");
        return io(name, limit, item -> {
            action.accept(item);
            return null;
        });
    }

    /**
     * Gives the next stage lists of up to {@code size} items, which cannot be changed. One that is not full goes on when its
     * first item has waited for so long, and at the end of the source; with a linger of zero it takes what is there.
     *
     * <p>A batch that a stage fails on is tried again, skipped or dead as a whole; the account counts its items.
     */
    public Pipeline<List<T>> batch(int size, Duration linger) {
        return with(new Batching(size, linger, room(WAITING)));
    }

    /** So many items may wait before the next stage. More of them even out a stage that is slow at times. */
    public Pipeline<T> buffer(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("buffer(" + items + ") would let no item through: it needs at least 1");
        }
        return new Pipeline<>(source, steps, policy, OptionalInt.of(items));
    }

    /**
     * The results of the stage just added leave it in the order in which its items came in. It holds up to twice as many
     * items as it works on; see {@link #ordered(int)}.
     */
    public Pipeline<T> ordered() {
        return ordered(lastStage("ordered()").bounds().limit() * 2);
    }

    /**
     * As {@link #ordered()}, and the stage holds at most this many items: worked on, or finished and waiting for an earlier
     * one. So an item that takes long holds up the stage when as many later ones have come in. What is skipped or dead
     * is not waited for.
     */
    public Pipeline<T> ordered(int window) {
        return withLast(lastStage("ordered(" + window + ")").ordered(window));
    }

    /**
     * Ends the pipeline with several branches, each of which gets every item:
     *
     * <pre>{@code
     * .toAll(all -> all.sink("index", 8, index::add).onError(skip()),
     *        all -> all.batch(100, ofMillis(500)).sink("store", 2, database::insertAll))
     * }</pre>
     *
     * <p>All see the same object. Each goes at its own pace as far as its buffers reach; then the slowest holds up the others.
     *
     * <p>An item is done when all branches are done with it. Where one gives it up, the others still go on with it, and in the
     * end it is dead, or skipped. What one branch has not finished when the run is cancelled, is cancelled.
     */
    @SafeVarargs
    public final Pipeline<@Nullable Void> toAll(Function<Pipeline<T>, Pipeline<?>>... branches) {
        var complete = new ArrayList<List<Step>>();
        for (var branch : branches) {
            complete.add(branch(branch));
        }
        return with(new Branching(List.copyOf(complete)));
    }

    /** The policy of the stage just added; before the first stage, of all that have none of their own. */
    public Pipeline<T> onError(OnError other) {
        Objects.requireNonNull(other, "policy");
        return steps.isEmpty()
                ? new Pipeline<>(source, steps, other, buffer)
                : withLast(lastStage("onError").with(other));
    }

    /** Starts a run and returns at once. */
    public PipelineRun start() {
        return start(Pause.SLEEP);
    }

    /**
     * Runs to the end and waits for it.
     *
     * @throws PipelineFailedException if the run failed
     * @throws InterruptedException if the caller is interrupted; the run is then cancelled, and has ended
     */
    public Account run() throws InterruptedException {
        try (var run = start()) {
            return run.await();
        }
    }

    /** For tests, which do not want to wait between attempts. */
    PipelineRun start(Pause pause) {
        checkComplete("the pipeline");
        return PipelineRun.start(source, steps, pause);
    }

    private int room(int most) {
        return buffer.orElse(Math.min(most, WAITING));
    }

    @SuppressWarnings("ReferenceEquality") // this one, and no other
    private List<Step> branch(Function<Pipeline<T>, Pipeline<?>> description) {
        Iterable<?> trunk = new Trunk();
        var branch = description.apply(new Pipeline<>(trunk, List.of(), policy, buffer));
        if (branch.source != trunk) {
            throw new IllegalArgumentException("a branch of toAll must go on from the pipeline that it is given");
        }
        branch.checkComplete("a branch of toAll");
        return branch.steps;
    }

    private void checkComplete(String what) {
        if (steps.isEmpty()) {
            throw new IllegalStateException(what + " has no stage: add one with io, cpu or sink");
        }
        if (buffer.isPresent()) {
            throw new IllegalStateException(
                    what + " ends with buffer(" + buffer.getAsInt() + "): put it before the stage that it is for");
        }
        if (steps.getLast() instanceof Stage stage && stage.isOrdered()) {
            throw new IllegalStateException(what + " ends with stage " + stage.name()
                    + ", which is ordered, and nothing comes after it: order the one before, and give it a limit of 1");
        }
    }

    private Stage lastStage(String caller) {
        if (!steps.isEmpty() && steps.getLast() instanceof Stage stage) {
            return stage;
        }
        throw new IllegalStateException(caller + " must stand behind the io, cpu or sink that it is for");
    }

    private <R extends @Nullable Object> Pipeline<R> with(Step step) {
        if (!steps.isEmpty() && steps.getLast() instanceof Branching) {
            throw new IllegalStateException("nothing can follow toAll: add it to the branches");
        }
        var more = Stream.concat(steps.stream(), Stream.of(step)).toList();
        return new Pipeline<>(source, more, policy, OptionalInt.empty());
    }

    private Pipeline<T> withLast(Stage stage) {
        var other = new ArrayList<>(steps);
        other.set(other.size() - 1, stage);
        return new Pipeline<>(source, List.copyOf(other), policy, buffer);
    }

    /** Where the branches of {@link #toAll} begin. */
    private static final class Trunk implements Iterable<Object> {
        @Override
        public Iterator<Object> iterator() {
            throw new IllegalStateException("a branch of toAll runs with its pipeline, not by itself");
        }
    }
}
