package io.forkloom.async;

import io.forkloom.async.AsyncMap.Plan;
import io.forkloom.async.ItemOutcome.Completed;
import io.forkloom.async.ItemOutcome.Failed;
import io.forkloom.internal.scope.Scopes;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AsyncMap} that runs: its results, once, in the order that was asked for.
 *
 * <p><b>Waiting.</b> {@link #next} and {@code hasNext} wait for the next result; {@link #close} cancels what still runs and waits
 * until no thread is left. An iteration that is interrupted throws {@link CancellationException}, and the interrupt stays set.
 *
 * <p><b>Threads.</b> For the thread that has started it. Between {@code start} and {@code close} it is in a {@link TaskGroup}, with
 * all that this means: a run that fails because its items throw wakes it.
 *
 * @param <A> the items
 * @param <R> the results
 */
public final class AsyncRun<A extends @Nullable Object, R extends @Nullable Object>
        implements Iterable<R>, AutoCloseable {
    private final Iterable<? extends A> items;
    private final AsyncFunction<? super A, ? extends R> function;
    private final Plan plan;

    private final TaskGroup group;
    /** Permits for items that are worked on. */
    private final Semaphore running;
    /** Permits for items that were taken, and whose results were not. */
    private final Semaphore underWay;
    /** Has room for all that can be under way: nobody waits to send. */
    private final Channel<ItemOutcome<A, R>> results;
    /** What the channel is closed after: the items under way, and the reading of further ones. */
    private final AtomicLong open = new AtomicLong(1);

    // Of the thread that takes.
    private final Map<Long, ItemOutcome<A, R>> early = new HashMap<>();
    private long taken;

    AsyncRun(Iterable<? extends A> items, AsyncFunction<? super A, ? extends R> function, Plan plan) {
        this.items = items;
        this.function = function;
        this.plan = plan;
        int window = plan.ordered ? (int) Math.min(Integer.MAX_VALUE, 2L * plan.limit) : plan.limit;
        running = new Semaphore(plan.limit);
        underWay = new Semaphore(window);
        results = Channel.bounded(window);
        group = TaskGroup.open(c -> c.name(plan.name));
        group.forkAction("items", this::read);
    }

    /** Waits for the next result; empty when there are no more. */
    public Optional<ItemOutcome<A, R>> next() throws InterruptedException {
        var next = plan.ordered ? nextInOrder() : received();
        if (next == null) {
            group.join(); // where the items have ended by throwing, this says so
            return Optional.empty();
        }
        taken++;
        underWay.release();
        return Optional.of(next);
    }

    private @Nullable ItemOutcome<A, R> nextInOrder() throws InterruptedException {
        long wanted = taken + 1;
        while (!early.containsKey(wanted)) {
            var next = received();
            if (next == null) {
                return null;
            }
            early.put(next.number(), next);
        }
        return early.remove(wanted);
    }

    private @Nullable ItemOutcome<A, R> received() throws InterruptedException {
        try {
            return results.receive();
        } catch (ChannelClosedException e) {
            return null;
        }
    }

    /** Values, until the first item that failed. It shares the results with all other iterators. */
    @Override
    public Iterator<R> iterator() {
        var outcomes = outcomes().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return outcomes.hasNext();
            }

            @Override
            public R next() {
                return outcomes.next().orThrow();
            }
        };
    }

    /** What became of each item, also of those that failed. */
    public Iterable<ItemOutcome<A, R>> outcomes() {
        return () -> new Awaited<>("a result") {
            @Override
            @Nullable
            ItemOutcome<A, R> take() throws InterruptedException {
                return AsyncRun.this.next().orElse(null);
            }
        };
    }

    @Override
    public void close() {
        try {
            group.close();
        } finally {
            results.close();
        }
    }

    // On the threads of the group.

    private void read() throws InterruptedException {
        long number = 0;
        for (A item : items) {
            Scopes.check(); // the items may have swallowed the interrupt
            underWay.acquire();
            running.acquire();
            open.incrementAndGet();
            long mine = ++number;
            group.forkAction(Long.toString(mine), () -> work(item, mine));
        }
        ended();
    }

    private void work(A item, long number) throws InterruptedException {
        var outcome = attempt(item, number);
        running.release();
        results.send(outcome);
        ended();
    }

    private void ended() {
        if (open.decrementAndGet() == 0) {
            results.close();
        }
    }

    private ItemOutcome<A, R> attempt(A item, long number) throws InterruptedException {
        for (int attempts = 1; ; attempts++) {
            Scopes.check();
            try {
                return new Completed<>(item, number, once(item));
            } catch (Throwable error) {
                // An interrupt that the function has left behind is its own affair; one of ours is in the level.
                Thread.interrupted();
                Scopes.check();
                if (attempts > plan.retries) {
                    return new Failed<>(item, number, error, attempts);
                }
            }
            plan.pause.pause(plan.backoff.after(attempts));
        }
    }

    private R once(A item) throws Exception {
        if (plan.rate.isPresent()) {
            plan.rate.get().acquire();
        }
        if (plan.timeout.isEmpty()) {
            return function.apply(item);
        }
        Timeouts.Body<R, Exception> body = () -> function.apply(item);
        return Timeouts.failAfter(plan.timeout.get(), body);
    }
}
