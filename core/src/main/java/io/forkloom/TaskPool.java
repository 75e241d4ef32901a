package io.forkloom;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on workers: processes ({@link ProcessPool}), threads with classes of their own ({@link IsolatePool}), or
 * plain threads ({@link ThreadPool}). Change the pool, not the program.
 *
 * <p>Every task that was accepted ends as exactly one {@link Outcome}. Nothing runs twice. The queue is bounded: what
 * submits waits for room, or is refused by {@code trySubmit}.
 *
 * <p><b>Waiting.</b> Methods that say {@code throws InterruptedException} may wait, and are meant for virtual threads
 * as much as for platform threads. Interrupting {@code call} or {@code run} cancels the task and waits, within a bound,
 * until it has ended.
 *
 * <p><b>Threads.</b> All methods may be called from any thread at any time.
 *
 * <p><b>Arguments.</b> What is submitted is taken as it is at that moment, and may be changed after. While a {@code call}
 * waits, other threads must leave its arguments alone: a large array is sent straight out of where it stands.
 *
 * <p><b>Errors.</b> {@code call} and {@code run} throw the outcome's exception, a {@link TaskException}: most often
 * {@link TaskFailedException}, with what the task threw as its cause. What cannot be sent is a
 * {@link SerialisationException} at once, and the task was not accepted. A closed pool throws
 * {@link PoolClosedException}, a broken one {@link PoolBrokenException}.
 *
 * <p><b>Forgotten results.</b> A handle that is dropped at once is a compile error where ErrorProne compiles
 * ({@link CheckReturnValue}). The handle of a task that failed, dropped before anybody has asked it, is logged once, as a
 * warning of the logger {@code io.forkloom}, when the garbage collector finds it. Nobody has to look at a task that was
 * cancelled. At most ten a second are logged; the next one says how many were not.
 */
public interface TaskPool extends AutoCloseable {

    /** Submits, waits, and gives the value; the bridge from a waiting thread to a computing worker. */
    <R extends @Nullable Object> R call(Task<R> task) throws InterruptedException;

    <A extends @Nullable Object, R extends @Nullable Object> R call(TaskFunction<A, R> function, A argument)
            throws InterruptedException;

    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R call(
            TaskBiFunction<A, B, R> function, A first, B second) throws InterruptedException;

    void run(TaskAction action) throws InterruptedException;

    /** Hands the task over and returns once it is in the queue; waits while the queue is full. */
    @CheckReturnValue
    <R extends @Nullable Object> TaskHandle<R> submit(Task<R> task) throws InterruptedException;

    @CheckReturnValue
    <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<R> submit(
            TaskFunction<A, R> function, A argument) throws InterruptedException;

    @CheckReturnValue
    <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> TaskHandle<R> submit(
            TaskBiFunction<A, B, R> function, A first, B second) throws InterruptedException;

    /** Never waits: empty where the queue is full, and then the task was not accepted. */
    @CheckReturnValue
    <R extends @Nullable Object> Optional<TaskHandle<R>> trySubmit(Task<R> task);

    @CheckReturnValue
    <A extends @Nullable Object, R extends @Nullable Object> Optional<TaskHandle<R>> trySubmit(
            TaskFunction<A, R> function, A argument);

    /**
     * Applies the function to each argument, some at a time; lazy: takes an argument when there is room for it and
     * somebody asks for results. See {@link Results} for order, chunks and the time-out.
     */
    @CheckReturnValue
    <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            TaskFunction<A, R> function, Iterable<? extends A> arguments);

    /**
     * A value that each worker is sent once, when a task first asks for it, however many tasks use it: a model, a
     * dictionary, an index. Close it when they are done.
     *
     * @throws SerialisationException where it cannot be sent, or is larger than a message may be
     */
    @CheckReturnValue
    <T extends @Nullable Object> Broadcast<T> broadcast(T value);

    /**
     * This pool with these options for each task given to the view. Closing a view does nothing.
     *
     * @throws IllegalArgumentException where the options ask for what this pool cannot give; see {@link Retry#withHeap}
     */
    @CheckReturnValue
    TaskPool with(TaskOptions options);

    /**
     * This pool for code that asks for an {@link java.util.concurrent.ExecutorService}. Each call makes a new view; what
     * is shut down is the view, never the pool.
     */
    @CheckReturnValue
    PoolExecutor asExecutorService();

    /** How many tasks can run at once. */
    int workers();

    /** Whether a task that ignores interrupts can be stopped. Where not, it keeps its slot until it returns. */
    boolean canKill();

    PoolStats stats();

    /**
     * Calls the listener for each event from now on, in order, on a thread of its own, which is never interrupted.
     *
     * <ul>
     *   <li>A listener that throws, whatever it is, is called again for the next event; the error is logged.
     *   <li>One that is too slow holds up nothing: it misses events, and is told in their place how many.
     *   <li>Closing the subscription does not wait for the listener. It finishes the event that it is at; those behind
     *       are dropped.
     *   <li>Closing the pool does not wait for it either. It hears all that has happened, then its thread ends.
     *   <li>Who subscribes to a closed pool hears nothing.
     * </ul>
     */
    Subscription subscribe(Consumer<PoolEvent> listener);

    /**
     * Takes no more tasks, waits for those it has accepted, then ends the workers; all within bounds of the pool's
     * configuration. What has not ended when the bound is reached is {@link Outcome.Cancelled}, or
     * {@link Outcome.NotStarted} where it was still waiting. An interrupt shortens the waiting to nothing and stays
     * set. Closing twice is harmless; from a task's own thread it does not wait for that task.
     */
    @Override
    void close();

    /** Ends a subscription. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
