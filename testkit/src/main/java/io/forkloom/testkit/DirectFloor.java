package io.forkloom.testkit;

import io.forkloom.Broadcast;
import io.forkloom.Outcome;
import io.forkloom.PoolClosedException;
import io.forkloom.event.CrashReport;
import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import io.forkloom.event.PoolTimes;
import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a {@link DirectPool} and its views share: the tasks, and one lock that who runs a task holds. */
final class DirectFloor {
    static final WorkerId WORKER = new WorkerId(0, 1);
    static final long PID = 1; // of a worker that is none; 0 would say a thread

    private static final WorkerExit END = new WorkerExit(
            WORKER, 0, 0, false, Optional.empty(), Optional.of("the pool was closed"), OptionalLong.empty());

    private static final System.Logger LOG = System.getLogger("io.forkloom");

    private final ReentrantLock lock = new ReentrantLock();
    /** Empty where each task runs when it comes. */
    private final Optional<Random> order;

    private final List<DirectTask<?>> waiting = new ArrayList<>();
    private final Map<String, ArrayDeque<Fault>> faults = new HashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final List<Consumer<PoolEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Object> states = new CopyOnWriteArrayList<>();
    private final List<Broadcast<?>> broadcasts = new ArrayList<>();
    private long submitted;
    private boolean closed;

    DirectFloor(Optional<Random> order) {
        this.order = order;
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    <R extends @Nullable Object> DirectTask<R> accept(DirectTask.Call call) {
        return locked(() -> {
            if (closed) {
                throw new PoolClosedException("pool direct takes no more tasks: the pool was closed");
            }
            var task = new DirectTask<R>(this, ++submitted, call);
            waiting.add(task);
            if (order.isEmpty()) {
                step();
            }
            return task;
        });
    }

    /** Runs one that waits; whether there was one. */
    boolean step() {
        return locked(() -> {
            if (waiting.isEmpty()) {
                return false;
            }
            int next = order.map(random -> random.nextInt(waiting.size())).orElse(0);
            waiting.remove(next).run();
            return true;
        });
    }

    /** Whether it was waiting, and ends so. */
    boolean remove(DirectTask<?> task, Fault fault) {
        boolean waited = waiting.remove(task);
        if (waited) {
            task.end(fault);
        }
        return waited;
    }

    <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
        return locked(() -> {
            if (closed) {
                throw new PoolClosedException("pool direct takes no more broadcasts: the pool was closed");
            }
            var broadcast = Broadcast.of("direct", value);
            broadcasts.add(broadcast);
            return broadcast;
        });
    }

    /** How many tasks of a map are under way: some to choose from, or one that has run. */
    int window() {
        return order.isPresent() ? 3 : 1;
    }

    void keep(Object state) {
        states.add(state);
    }

    List<Object> states() {
        return states;
    }

    void script(String label, Fault fault) {
        locked(() -> faults.computeIfAbsent(label, any -> new ArrayDeque<>()).add(fault));
    }

    Optional<Fault> fault(String label) {
        return Optional.ofNullable(faults.get(label)).map(ArrayDeque::poll);
    }

    void ended(DirectTask<?> task, Outcome<?> outcome) {
        String name = outcome.getClass().getSimpleName();
        ends.merge(name, 1L, Long::sum);
        var timing = outcome.task().timing();
        tell(new PoolEvent.TaskEnded(
                task.id(), task.label(), outcome.task().worker(), name, timing.waiting(), timing.running()));
    }

    private void tell(PoolEvent event) {
        for (var listener : listeners) {
            try {
                listener.accept(event);
            } catch (Throwable e) { // as in every pool, it disturbs nobody
                LOG.log(System.Logger.Level.WARNING, "a listener of pool direct has thrown at " + event, e);
            }
        }
    }

    Runnable subscribe(Consumer<PoolEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    PoolStats stats() {
        return locked(() -> new PoolStats(
                1,
                1,
                0,
                waiting.size(),
                (int) (submitted
                        - waiting.size()
                        - ends.values().stream().mapToLong(Long::longValue).sum()),
                submitted,
                count("Completed"),
                count("Failed"),
                count("TimedOut"),
                count("OutOfMemory"),
                count("Crashed"),
                count("Cancelled"),
                count("NotStarted"),
                1,
                PoolTimes.NONE));
    }

    private long count(String outcome) {
        return ends.getOrDefault(outcome, 0L);
    }

    void close() {
        locked(() -> {
            boolean first = !closed;
            closed = true;
            while (step()) {
                // one after the other, in its order
            }
            broadcasts.forEach(Broadcast::close);
            if (first) {
                tell(new PoolEvent.WorkerEnded(END, CrashReport.NONE));
            }
            return true;
        });
    }
}
