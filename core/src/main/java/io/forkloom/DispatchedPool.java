package io.forkloom;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.dispatch.Dispatcher;
import io.forkloom.internal.dispatch.Limits;
import io.forkloom.internal.dispatch.QueuedTask;
import io.forkloom.internal.dispatch.Retries;
import io.forkloom.internal.scope.Scopes;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all pools of one JVM share: tasks cross a {@link Border} and are dealt out by a {@link Dispatcher}. Also the view
 * that {@link #with} gives.
 */
sealed class DispatchedPool<C> implements TaskPool permits ProcessPool, IsolatePool, ThreadPool {
    /**
     * The parts that a pool and its views have in common.
     *
     * @param largerHeap refuses a heap that no worker for retries can have here
     */
    record Parts<C>(
            String name,
            int workers,
            boolean canKill,
            boolean timed,
            Consumer<String> largerHeap,
            Border<C> border,
            Dispatcher<C> dispatcher,
            Events events) {}

    private final Parts<C> parts;
    private final TaskOptions options;
    private final Limits limits;
    private final Retries retries;

    DispatchedPool(Parts<C> parts, TaskOptions options) {
        this.parts = parts;
        this.options = options;
        this.limits = parts.timed ? options.limits() : Limits.NONE;
        this.retries = (parts.timed ? options.retry() : options.retry().withoutHeap()).retries();
    }

    @Override
    public <R extends @Nullable Object> R call(Task<R> task) throws InterruptedException {
        return this.<R>lend(CallKind.TASK, task).joinOrCancel();
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> R call(TaskFunction<A, R> function, A argument)
            throws InterruptedException {
        return this.<R>lend(CallKind.FUNCTION, function, argument).joinOrCancel();
    }

    @Override
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> R call(
            TaskBiFunction<A, B, R> function, A first, B second) throws InterruptedException {
        return this.<R>lend(CallKind.BI_FUNCTION, function, first, second).joinOrCancel();
    }

    @Override
    public void run(TaskAction action) throws InterruptedException {
        this.<@Nullable Object>lend(CallKind.ACTION, action).joinOrCancel();
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
        return tryHand(CallKind.TASK, task);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Optional<TaskHandle<R>> trySubmit(
            TaskFunction<A, R> function, A argument) {
        return tryHand(CallKind.FUNCTION, function, argument);
    }

    @Override
    public <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
            TaskFunction<A, R> function, Iterable<? extends A> arguments) {
        return new MappedResults<>(this, function, arguments);
    }

    @Override
    public TaskPool with(TaskOptions changed) {
        changed.retry().heap().ifPresent(parts.largerHeap);
        return new DispatchedPool<>(parts, changed);
    }

    @Override
    public <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
        return parts.border.broadcast(value);
    }

    @Override
    public PoolExecutor asExecutorService() {
        return new PoolExecutor(this::enter);
    }

    @Override
    public int workers() {
        return parts.workers;
    }

    @Override
    public boolean canKill() {
        return parts.canKill;
    }

    @Override
    public PoolStats stats() {
        return parts.dispatcher.stats();
    }

    @Override
    public Subscription subscribe(Consumer<PoolEvent> listener) {
        return parts.events.subscribe(listener);
    }

    /** Of a view: nothing. */
    @Override
    public void close() {}

    /** Whether deadlines count; not while somebody debugs. */
    boolean timed() {
        return parts.timed;
    }

    Border<C> border() {
        return parts.border;
    }

    /** Of the pool itself. */
    void closeAll() {
        try {
            parts.dispatcher.close();
            parts.border.close();
            parts.events.close();
        } finally {
            OpenPools.closed(this);
        }
    }

    PoolView view() {
        return new PoolView(parts.name, getClass().getSimpleName(), stats());
    }

    /** A call made ready; nothing is submitted yet. */
    Border.Crossing<C> cross(CallKind kind, Serializable function, @Nullable Object... arguments) {
        return parts.border.cross(kind, function, arguments);
    }

    /** Of a task that was not accepted. */
    TaskInfo info(Shape shape) {
        return new TaskInfo(0, label(shape), shape.site(), Optional.empty(), Timing.NONE, List.of());
    }

    /** The handle of a task that {@link #submit(Handle, long)} is to submit. */
    <R extends @Nullable Object> Handle<C, R> prepare(Border.Crossing<C> crossing) {
        return handle(crossing, label(crossing.shape()));
    }

    /** Waits for room for at most this long; whether the task was accepted. */
    boolean submit(Handle<C, ?> prepared, long nanos) throws InterruptedException {
        Scopes.check();
        try {
            return parts.dispatcher.submit(prepared.task(), nanos, refusal -> {
                throw refused(refusal);
            });
        } catch (InterruptedException e) {
            throw Scopes.interruption();
        }
    }

    /** As an {@link Entrance}. */
    private <R extends @Nullable Object> Optional<TaskHandle<R>> enter(
            CallKind kind, Serializable function, String name, long nanos) throws InterruptedException {
        var crossing = cross(kind, function);
        String label = options.label().orElse(name.isEmpty() ? crossing.shape().name() : name);
        Handle<C, R> handle = this.<R>handle(crossing, label).watched();
        return trySubmit(handle) || (nanos > 0 && submit(handle, nanos)) ? Optional.of(handle) : Optional.empty();
    }

    private <R extends @Nullable Object> Handle<C, R> hand(
            CallKind kind, Serializable function, @Nullable Object... arguments) throws InterruptedException {
        return hand(cross(kind, function, arguments));
    }

    /** For a caller that waits for the end. */
    private <R extends @Nullable Object> Handle<C, R> lend(
            CallKind kind, Serializable function, @Nullable Object... arguments) throws InterruptedException {
        return hand(parts.border.lend(kind, function, arguments));
    }

    private <R extends @Nullable Object> Handle<C, R> hand(Border.Crossing<C> crossing) throws InterruptedException {
        Handle<C, R> handle = this.<R>prepare(crossing).watched();
        while (!submit(handle, Long.MAX_VALUE)) {
            // nobody has waited that long yet
        }
        return handle;
    }

    private <R extends @Nullable Object> Optional<TaskHandle<R>> tryHand(
            CallKind kind, Serializable function, @Nullable Object... arguments) {
        Handle<C, R> handle = this.<R>prepare(cross(kind, function, arguments)).watched();
        return trySubmit(handle) ? Optional.of(handle) : Optional.empty();
    }

    private boolean trySubmit(Handle<C, ?> prepared) {
        return parts.dispatcher.trySubmit(prepared.task(), refusal -> {
            throw refused(refusal);
        });
    }

    private <R extends @Nullable Object> Handle<C, R> handle(Border.Crossing<C> crossing, String label) {
        return new Handle<>(parts.dispatcher, parts.border, crossing.shape(), task(crossing, label));
    }

    private QueuedTask<C> task(Border.Crossing<C> crossing, String label) {
        return new QueuedTask<>(crossing.call(), crossing.bytes(), label, limits, retries, crossing.pace());
    }

    private String label(Shape shape) {
        return options.label().orElse(shape.name());
    }

    private RuntimeException refused(Dispatcher.Refusal refusal) {
        return refusal.broken()
                ? new PoolBrokenException("pool " + parts.name + " is broken: " + refusal.reason())
                : new PoolClosedException("pool " + parts.name + " takes no more tasks: " + refusal.reason());
    }
}
