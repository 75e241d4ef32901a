package io.forkloom.pipeline;

import io.forkloom.TaskFunction;
import io.forkloom.TaskPool;
import io.forkloom.internal.time.Pause;
import java.util.List;
import java.util.Objects;
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
 *         .sink("store", 16, database::insert)
 *         .run();
 * }</pre>
 *
 * <p>Results flow on as they are completed, in no order. Everything is bounded: a stage works on at most {@code limit}
 * items, at most 16 wait before it, and the source is read no faster than that; it may be endless.
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
    private final Iterable<?> source;
    private final List<Stage> stages;
    private final OnError policy;

    private Pipeline(Iterable<?> source, List<Stage> stages, OnError policy) {
        this.source = source;
        this.stages = stages;
        this.policy = policy;
    }

    /** Items to begin with; the iterator may block, and should then answer to an interrupt. */
    public static <T extends @Nullable Object> Pipeline<T> from(Iterable<? extends T> source) {
        return new Pipeline<>(source, List.of(), OnError.fail());
    }

    /** Adds a stage that waits: the function runs on up to {@code limit} virtual threads. */
    public <R extends @Nullable Object> Pipeline<R> io(
            String name, int limit, StageFunction<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return with(Stage.of(name, limit, function));
    }

    /** Adds a stage that computes in the pool: two items for each of its workers, so that none waits for its next. */
    public <R extends @Nullable Object> Pipeline<R> cpu(
            String name, TaskPool pool, TaskFunction<? super T, ? extends R> function) {
        return cpu(name, 2 * pool.workers(), pool, function);
    }

    /** As {@link #cpu(String, TaskPool, TaskFunction)}, with up to {@code limit} items in the pool's hands. */
    public <R extends @Nullable Object> Pipeline<R> cpu(
            String name, int limit, TaskPool pool, TaskFunction<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        StageFunction<T, R> bridge = item -> pool.call(function, item);
        return with(Stage.of(name, limit, bridge));
    }

    /** Adds a last stage, which waits and gives nothing. */
    public Pipeline<@Nullable Void> sink(String name, int limit, StageAction<? super T> action) {
        Objects.requireNonNull(action, "action");
        return io(name, limit, item -> {
            action.accept(item);
            return null;
        });
    }

    /** The policy of the stage just added; before the first stage, of all that have none of their own. */
    public Pipeline<T> onError(OnError other) {
        Objects.requireNonNull(other, "policy");
        if (stages.isEmpty()) {
            return new Pipeline<>(source, stages, other);
        }
        var before = stages.subList(0, stages.size() - 1).stream();
        return new Pipeline<>(
                source,
                Stream.concat(before, Stream.of(stages.getLast().with(other))).toList(),
                policy);
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
        if (stages.isEmpty()) {
            throw new IllegalStateException("the pipeline has no stage: add one with io, cpu or sink");
        }
        return PipelineRun.start(source, stages, policy, pause);
    }

    private <R extends @Nullable Object> Pipeline<R> with(Stage stage) {
        return new Pipeline<>(
                source, Stream.concat(stages.stream(), Stream.of(stage)).toList(), policy);
    }
}
