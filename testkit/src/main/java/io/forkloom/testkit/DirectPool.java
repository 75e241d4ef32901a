package io.forkloom.testkit;

import io.forkloom.Broadcast;
import io.forkloom.PoolExecutor;
import io.forkloom.Results;
import io.forkloom.Task;
import io.forkloom.TaskAction;
import io.forkloom.TaskBiFunction;
import io.forkloom.TaskFunction;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.codec.CallKind;
import java.io.Serializable;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pool without threads and without time, for tests of code that uses a pool. The same seed gives the same order, each
 * time.
 *
 * <p>{@link #open()} runs each task as it is submitted, on the submitter's thread. Of a {@link #stepwise} pool the tasks
 * wait until somebody runs them: {@link #step} or {@link #runAll}, or whoever waits for an outcome; each time the seed
 * decides which. {@link #fault} lets the next task of a label end otherwise than by running, as no test could bring about by
 * itself: a crash, a lack of memory, a time-out.
 *
 * <pre>{@code
 * try (var pool = DirectPool.open()) {
 *     pool.fault("Pages::parse", new Fault.Crash("SIGSEGV"));
 *     assertThat(new Crawler(pool).crawl(url)).isEqualTo(Report.of(1, "crashed"));
 * }
 * }</pre>
 *
 * <p><b>What is otherwise than in a real pool.</b> One task runs at a time, under a lock: one that waits for another thread
 * which uses the pool waits for ever. Nothing is copied: what cannot be serialised goes unnoticed. Time stands still: no
 * limit of {@link TaskOptions} strikes, of a map only one that is zero or less, and {@code await} never comes back empty;
 * {@link PoolStats#times} counts nothing; retries are made. The queue has no bound. A running task cannot be cancelled. The
 * chunks of a map are single tasks, of a stepwise pool up to three under way. Listeners, and actions for the end of a task,
 * are called by the thread that runs the task. Who waits for a task of a stepwise pool without its handle, at a future or in
 * {@code invokeAny}, waits until somebody runs it.
 */
public final class DirectPool implements TaskPool {
    private final DirectFloor floor;
    private final TaskOptions options;
    private final boolean isView;

    private DirectPool(DirectFloor floor, TaskOptions options, boolean isView) {
        this.floor = floor;
        this.options = options;
        this.isView = isView;
    }

    /** Each task runs at once, on the thread that submits it. */
    public static DirectPool open() {
        return new DirectPool(new DirectFloor(Optional.empty()), TaskOptions.NONE, false);
    }

    /** Tasks wait, and run in an order that the seed decides. */
    public static DirectPool stepwise(long seed) {
        return new DirectPool(new DirectFloor(Optional.of(new Random(seed))), TaskOptions.NONE, false);
    }

    /** What tasks find as {@code TaskContext.current().state(…)}. */
    public DirectPool state(Object kept) {
        floor.keep(kept);
        return this;
    }

    /** The next task with this label ends so, and does not run. Further faults are for the tasks, or attempts, after it. */
    public void fault(String label, Fault fault) {
        floor.script(label, fault);
    }

    /** Runs one of the tasks that wait; whether there was one. */
    public boolean step() {
        return floor.step();
    }

    /** Runs all that wait, and those that they submit; how many. */
    public int runAll() {
        int count = 0;
        while (floor.step()) {
            count++;
        }
        return count;
    }

    @Override
    public <R extends @Nullable Object> R call(Task<R> task) throws InterruptedException {
        return submit(task).join();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> R call(TaskFunction<A, R> function, A argument)
            throws InterruptedException {
        return submit(function, argument).join();
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R call(
            TaskBiFunction<A, B, R> function, A first, B second) throws InterruptedException {
        return submit(function, first, second).join();
    }

    @Override
    public void run(TaskAction action) throws InterruptedException {
        this.<@Nullable Object>hand(CallKind.ACTION, action).join();
    }

    @Override
    public <R extends @Nullable Object> TaskHandle<R> submit(Task<R> task) throws InterruptedException {
        return hand(CallKind.TASK, task);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> TaskHandle<R> submit(
            TaskFunction<A, R> function, A argument) throws InterruptedException {
        return hand(CallKind.FUNCTION, function, argument);
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> TaskHandle<R> submit(
            TaskBiFunction<A, B, R> function, A first, B second) throws InterruptedException {
        return hand(CallKind.BI_FUNCTION, function, first, second);
    }

    @Override
    public <R extends @Nullable Object> Optional<TaskHandle<R>> trySubmit(Task<R> task) {
        return Optional.of(accept(CallKind.TASK, task));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Optional<TaskHandle<R>> trySubmit(
            TaskFunction<A, R> function, A argument) {
        return Optional.of(accept(CallKind.FUNCTION, function, argument));
    }

    private <R extends @Nullable Object> TaskHandle<R> hand(
            CallKind kind, Serializable function, @Nullable Object... arguments) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return accept(kind, function, arguments);
    }

    private <R extends @Nullable Object> TaskHandle<R> accept(
            CallKind kind, Serializable function, @Nullable Object... arguments) {
        return floor.accept(new DirectTask.Call(kind, function, arguments, options));
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            TaskFunction<A, R> function, Iterable<? extends A> arguments) {
        return new DirectResults<>(
                floor,
                arguments,
                argument -> accept(CallKind.FUNCTION, function, argument),
                none -> DirectTask.late(
                        new DirectTask.Call(CallKind.FUNCTION, function, new Object[0], options), none));
    }

    /** The value itself. */
    @Override
    public <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
        return floor.broadcast(value);
    }

    @Override
    public TaskPool with(TaskOptions changed) {
        return new DirectPool(floor, changed, true);
    }

    @Override
    public PoolExecutor asExecutorService() {
        return PoolExecutor.of(this);
    }

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public boolean canKill() {
        return false;
    }

    @Override
    public PoolStats stats() {
        return floor.stats();
    }

    /** Calls the listener on the thread on which something happens. */
    @Override
    public Subscription subscribe(Consumer<PoolEvent> listener) {
        return floor.subscribe(listener)::run;
    }

    /** Runs what waits, then takes no more. Of a view: nothing. */
    @Override
    public void close() {
        if (!isView) {
            floor.close();
        }
    }
}
