package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pool for code that asks for an {@link ExecutorService}; made by {@link TaskPool#asExecutorService}.
 *
 * <p><b>Lambdas.</b> {@code executor.submit(() -> …)} makes a {@link Task} or {@link TaskAction} of its lambda, which
 * cross to another JVM. A {@link Runnable} or {@link Callable} that exists already runs on any pool of threads, and on a
 * pool of processes where it is serialisable; else it is refused, as are the objects into which
 * {@code CompletableFuture.supplyAsync} and {@code ExecutorCompletionService} wrap what they are given. In place of the
 * first write {@code executor.submit(() -> …).toCompletableFuture()}.
 *
 * <p><b>Refusal</b> is a {@link RejectedExecutionException}, as of every executor, with the reason: the view was shut
 * down, the pool was closed or is broken, or something cannot be sent (then the cause is the
 * {@link SerialisationException}).
 *
 * <p><b>Waiting.</b> What submits waits while the queue of the pool is full. An interrupt of that wait stays set, and the
 * task is refused.
 *
 * <p><b>The end.</b> {@code shutdown}, {@code close}, {@code awaitTermination} and {@code shutdownNow} speak of this view
 * and the tasks that came through it: it refuses more, they are waited for, they are cancelled. The pool and its other
 * users go on. Who made the pool closes it.
 */
public final class PoolExecutor implements ExecutorService {
    private final Entrance entrance;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Those that came through this view and have not ended. */
    private final Set<TaskHandle<?>> underWay = new HashSet<>();
    /** Callers that are about to bring one more, and perhaps wait for room. */
    private int entering;

    private boolean shut;
    private boolean stopped;

    PoolExecutor(Entrance entrance) {
        this.entrance = entrance;
    }

    /** For kinds of pools outside this package. */
    public static PoolExecutor of(TaskPool pool) {
        return new PoolExecutor(new ForeignEntrance(pool));
    }

    @CheckReturnValue
    public <R extends @Nullable Object> TaskHandle<R> submit(Task<R> task) {
        return handIn(CallKind.TASK, task, "");
    }

    @CheckReturnValue
    public TaskHandle<@Nullable Void> submit(TaskAction action) {
        return handIn(CallKind.ACTION, action, "");
    }

    @CheckReturnValue
    @Override
    public <R extends @Nullable Object> TaskHandle<R> submit(Callable<R> callable) {
        return callable instanceof Task<R> task
                ? submit(task)
                : handIn(CallKind.TASK, new PlainTask.OfCallable<>(callable), PlainTask.name(callable));
    }

    @CheckReturnValue
    @Override
    public TaskHandle<@Nullable Void> submit(Runnable runnable) {
        return runnable instanceof TaskAction action ? submit(action) : this.<@Nullable Void>submit(runnable, null);
    }

    /** The result is what crosses back: on a pool of processes a copy, with what the action has put into it there. */
    @CheckReturnValue
    @Override
    public <R extends @Nullable Object> TaskHandle<R> submit(Runnable runnable, R result) {
        return handIn(CallKind.TASK, new PlainTask.OfRunnable<>(runnable, result), PlainTask.name(runnable));
    }

    /** As {@link #execute(Runnable)}. */
    public void execute(TaskAction action) {
        execute((Runnable) action);
    }

    /** Nobody has its handle: if it fails, that is logged at once. */
    @Override
    public void execute(Runnable runnable) {
        var handle = submit(runnable);
        handle.whenEnded(() -> handle.poll().ifPresent(Unseen::report));
    }

    @Override
    public <R extends @Nullable Object> List<Future<R>> invokeAll(Collection<? extends Callable<R>> tasks)
            throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** The time counts waiting for room too; what has not ended when it is over is cancelled, and has ended then. */
    @Override
    public <R extends @Nullable Object> List<Future<R>> invokeAll(
            Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit) throws InterruptedException {
        try (var group = new Invocation<R>(this, timeout, unit)) {
            return group.all(tasks);
        }
    }

    /** The others are cancelled, and stopped where the pool can; that is not waited for. */
    @Override
    public <R extends @Nullable Object> R invokeAny(Collection<? extends Callable<R>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e); // nobody has waited that long yet
        }
    }

    /** As {@link #invokeAny(Collection)}; the time counts waiting for room too. */
    @Override
    public <R extends @Nullable Object> R invokeAny(
            Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (var group = new Invocation<R>(this, timeout, unit)) {
            return group.any(tasks);
        }
    }

    private <R extends @Nullable Object> TaskHandle<R> handIn(CallKind kind, Serializable function, String name) {
        try {
            return this.<R>hand(kind, function, name, Long.MAX_VALUE).orElseThrow(); // nobody has waited that long yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("an interrupt ended the wait for room in the pool's queue", e);
        }
    }

    /** Empty where there was no room within the time. */
    <R extends @Nullable Object> Optional<TaskHandle<R>> hand(Callable<R> callable, long nanos)
            throws InterruptedException {
        return callable instanceof Task<R> task
                ? hand(CallKind.TASK, task, "", nanos)
                : hand(CallKind.TASK, new PlainTask.OfCallable<>(callable), PlainTask.name(callable), nanos);
    }

    private <R extends @Nullable Object> Optional<TaskHandle<R>> hand(
            CallKind kind, Serializable function, String name, long nanos) throws InterruptedException {
        enter();
        Optional<TaskHandle<R>> handle = Optional.empty();
        try {
            handle = entrance.enter(kind, function, name, nanos);
            return handle;
        } catch (SerialisationException e) {
            throw new RejectedExecutionException(PlainTask.refusal(function, e), e);
        } finally {
            entered(handle);
        }
    }

    private void enter() {
        lock.lock();
        try {
            if (shut) {
                throw new RejectedExecutionException("this view of the pool was shut down: make another by"
                        + " asExecutorService(); the pool itself goes on");
            }
            entering++;
        } finally {
            lock.unlock();
        }
    }

    private void entered(Optional<? extends TaskHandle<?>> handle) {
        boolean late;
        lock.lock();
        try {
            entering--;
            handle.ifPresent(underWay::add);
            late = stopped;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (late) {
            handle.ifPresent(PoolExecutor::stop); // it was on its way in when the others were cancelled
        }
        handle.ifPresent(each -> each.whenEnded(() -> left(each)));
    }

    private void left(TaskHandle<?> handle) {
        lock.lock();
        try {
            underWay.remove(handle);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void stop(TaskHandle<?> handle) {
        handle.cancel("shutdownNow was called");
    }

    /** Refuses more tasks. Does not wait, and does nothing to the pool. */
    @Override
    public void shutdown() {
        lock.lock();
        try {
            shut = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses more tasks, and cancels those that came through this view and have not ended. Does not wait.
     *
     * @return nothing, always: those that did not begin are {@link Outcome.Cancelled}, as their handles tell
     */
    @Override
    public List<Runnable> shutdownNow() {
        List<TaskHandle<?>> open;
        lock.lock();
        try {
            shut = true;
            stopped = true;
            open = List.copyOf(underWay);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        open.forEach(PoolExecutor::stop);
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        lock.lock();
        try {
            return shut;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the view was shut down and all that came through it has ended. */
    @Override
    public boolean isTerminated() {
        lock.lock();
        try {
            return shut && entering == 0 && underWay.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@link #isTerminated}. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = unit.toNanos(timeout);
            while (!isTerminated() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isTerminated();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return (shut ? "a view that was shut down" : "a view of a pool") + ", " + underWay.size()
                    + " tasks under way";
        } finally {
            lock.unlock();
        }
    }
}
