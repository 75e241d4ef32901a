package io.forkloom;

import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One {@code invokeAll} or {@code invokeAny}: what of it is under way when it is closed is cancelled. */
final class Invocation<R extends @Nullable Object> implements AutoCloseable {
    private final PoolExecutor executor;
    private final long deadline;
    private final List<TaskHandle<R>> handles = new ArrayList<>();
    private String reason = "its caller gave up";

    Invocation(PoolExecutor executor, long timeout, TimeUnit unit) {
        this.executor = executor;
        this.deadline = Ticks.now() + Ticks.of(Duration.ofNanos(unit.toNanos(timeout)));
    }

    List<Future<R>> all(Collection<? extends Callable<R>> tasks) throws InterruptedException {
        var futures = new ArrayList<Future<R>>(tasks.size());
        for (var task : tasks) {
            Optional<? extends Future<R>> handle = bring(task);
            futures.add(handle.isPresent() ? handle.get() : never());
        }
        for (var handle : handles) {
            var _ = handle.await(Duration.ofNanos(left()));
        }
        reason = "the time-out of invokeAll was over";
        close();
        for (var handle : handles) {
            var _ = handle.await(); // what was cancelled ends by itself, within the pool's bounds
        }
        return futures;
    }

    R any(Collection<? extends Callable<R>> tasks) throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny of no tasks has no result");
        }
        reason = "invokeAny has its result, or was given up";
        var ended = new LinkedBlockingQueue<TaskHandle<R>>();
        Optional<Outcome<R>> last = Optional.empty();
        var rest = tasks.iterator();
        for (int looked = 0; looked < tasks.size(); ) {
            if (rest.hasNext()) {
                bring(rest.next()).ifPresent(handle -> handle.whenEnded(() -> ended.add(handle)));
            }
            var next = rest.hasNext() ? ended.poll() : ended.poll(left(), TimeUnit.NANOSECONDS);
            if (next != null) {
                last = next.poll();
                looked++;
            } else if (!rest.hasNext()) {
                throw new TimeoutException("none of " + tasks.size() + " tasks has completed in time");
            }
            if (last.isPresent() && last.get() instanceof Outcome.Completed<R>(var value, var _)) {
                return value;
            }
        }
        throw new ExecutionException(last.orElseThrow().toException());
    }

    /** Empty where the time is over. */
    private Optional<TaskHandle<R>> bring(Callable<R> task) throws InterruptedException {
        long left = left();
        Optional<TaskHandle<R>> handle = left == 0 ? Optional.empty() : executor.hand(task, left);
        handle.ifPresent(handles::add);
        return handle;
    }

    private static <R extends @Nullable Object> Future<R> never() {
        var future = new CompletableFuture<R>();
        future.cancel(false);
        return future;
    }

    private long left() {
        return Math.max(0, deadline - Ticks.now());
    }

    @Override
    public void close() {
        for (var handle : handles) {
            if (!handle.isDone()) {
                handle.cancel(reason);
            }
        }
    }
}
