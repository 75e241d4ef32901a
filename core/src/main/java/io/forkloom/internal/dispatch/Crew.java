package io.forkloom.internal.dispatch;

import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.supervise.UnexpectedAnswerException;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.Worker.Manner;
import io.forkloom.internal.time.Ticks;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workers that serve and what each has. A plain object, guarded by the dispatcher's lock. */
final class Crew<C> {
    /** Calls behind another one may have so many bytes, with that one: enough to keep a worker busy for a round trip. */
    private static final long BYTES_AHEAD = 512 * 1024;

    /** Nanoseconds of work; less is done by who has it before another one has got it. */
    private static final double WORTH_SHARING = 100_000;

    private final Map<Worker<C>, Load<C>> serving = new HashMap<>();
    /** Workers that are being ended while they have a task, until they are gone. */
    private final Map<Worker<C>, Load<C>> condemned = new HashMap<>();
    /** Those of the serving that have nothing; the last one used is the warmest. */
    private final ArrayDeque<Load<C>> idle = new ArrayDeque<>();

    /** Those that are to get nothing more. */
    private final Predicate<Worker<C>> leaving;

    private long tickets;

    Crew(Predicate<Worker<C>> leaving) {
        this.leaving = leaving;
    }

    Load<C> join(Worker<C> worker, Recycling.Service service, long now) {
        var load = new Load<>(worker, service, now);
        serving.put(worker, load);
        if (!load.isLarger()) {
            idle.addLast(load);
        }
        return load;
    }

    /** How many are at a task. */
    long running() {
        return serving.values().stream().filter(load -> !load.tasks.isEmpty()).count();
    }

    int size() {
        return serving.size();
    }

    boolean hasIdle() {
        return !idle.isEmpty();
    }

    /** Who has had nothing to do for the longest time; null for none. */
    @Nullable
    Load<C> longestIdle() {
        return idle.stream()
                .min((one, other) -> Long.signum(one.idleSince - other.idleSince))
                .orElse(null);
    }

    Collection<Load<C>> serving() {
        return serving.values();
    }

    /** The load of a worker that serves; null for one that is condemned or was never ready. */
    @Nullable
    Load<C> find(Worker<C> worker) {
        return serving.get(worker);
    }

    /** As {@link #find}, and the load of a condemned worker too. */
    @Nullable
    Load<C> know(Worker<C> worker) {
        var load = serving.get(worker);
        return load == null ? condemned.get(worker) : load;
    }

    /**
     * A place for a task that any worker can do: an idle one, else behind a short task where it is short itself; null for
     * none.
     *
     * @param idleToo whether an idle worker may begin it
     */
    @Nullable
    Load<C> placeFor(QueuedTask<C> task, boolean idleToo) {
        if (idleToo && !idle.isEmpty()) {
            return idle.removeFirst();
        }
        int ahead = task.pace.ahead();
        Load<C> best = null;
        for (var load : serving.values()) {
            var first = load.isLarger() ? null : load.tasks.peekFirst();
            if (first == null) {
                continue;
            }
            int most = first.ticket == load.slow ? 0 : Math.min(ahead, first.pace.ahead());
            if (load.tasks.size() <= Math.min(most, load.service.left() - 1)
                    && load.bytes + task.bytes <= BYTES_AHEAD
                    && !leaving.test(load.worker)
                    && (best == null || load.tasks.size() < best.tasks.size())) {
                best = load;
            }
        }
        return best;
    }

    void give(Load<C> load, QueuedTask<C> task) {
        var given = task.state.next(new Event.Give());
        long ticket = ++tickets;
        load.tasks.addLast(task);
        try {
            load.worker.give(ticket, Objects.requireNonNull(task.call));
        } catch (OutOfMemoryError e) {
            load.tasks.removeLast(); // it waits as before
            rest(load);
            throw e;
        }
        load.bytes += task.bytes;
        load.unsent++;
        task.state = given;
        task.load = load;
        task.ticket = ticket;
        task.worker = load.id;
    }

    /** The task that a worker has answered: the first one behind those that it has answered, or it broke its word. */
    QueuedTask<C> answered(Load<C> load, long ticket) {
        QueuedTask<C> task = null;
        for (var each : load.tasks) {
            if (each.ticket > load.answered) {
                task = each;
                break;
            }
        }
        if (task == null || task.ticket != ticket) {
            throw new UnexpectedAnswerException(
                    "it answered call " + ticket + ", but runs " + (task == null ? "nothing" : "call " + task.ticket));
        }
        return task;
    }

    /** A task of a worker is over: the first, but for such as were struck. */
    void finished(Load<C> load, QueuedTask<C> task) {
        load.answered = task.ticket;
        load.tasks.removeFirstOccurrence(task);
        load.bytes -= task.bytes;
        task.load = null;
        load.ran(task);
        rest(load);
    }

    /** Puts back, in order, what the worker has not turned to; those tasks are waiting again. */
    void withdraw(Load<C> load, WaitingRoom<C> waiting) {
        long first = load.worker.withdraw(tickets + 1);
        if (first <= load.answered || first > tickets + 1) {
            first = Long.MAX_VALUE; // then all may have been started, or left out
            load.worker.end("it wrote over the memory that it shares with the pool", Manner.KILL);
        }
        while (!load.tasks.isEmpty()
                && load.tasks.getLast().ticket >= first
                && load.tasks.getLast().state instanceof TaskState.Given) {
            load.bytes -= load.tasks.getLast().bytes;
            waiting.putBack(load.tasks.getLast());
            load.tasks.removeLast().giveBack();
        }
        rest(load);
    }

    /** A worker with more than one task, whose later ones an idle worker would do much sooner; null for none. */
    @Nullable
    Load<C> overloaded() {
        for (var load : serving.values()) {
            var first = load.tasks.peekFirst();
            if (first != null && (load.tasks.size() - 1) * first.pace.mean() >= WORTH_SHARING) {
                return load;
            }
        }
        return null;
    }

    /** The worker gets nothing any more. */
    void condemn(Load<C> load) {
        serving.remove(load.worker);
        idle.remove(load);
        condemned.put(load.worker, load);
    }

    boolean isIdle(Worker<C> worker) {
        var load = serving.get(worker);
        return load != null && load.tasks.isEmpty();
    }

    /** A worker that has nothing gets nothing any more; what it was. */
    Load<C> retire(Worker<C> worker) {
        var load = Objects.requireNonNull(serving.get(worker));
        condemn(load);
        return load;
    }

    /** What a worker had that is gone; null where it was never ready. */
    @Nullable
    Load<C> leave(Worker<C> worker) {
        var load = serving.remove(worker);
        if (load == null) {
            return condemned.remove(worker);
        }
        idle.remove(load);
        return load;
    }

    /** All that workers have, those too that die. */
    List<QueuedTask<C>> tasks() {
        return Stream.concat(serving.values().stream(), condemned.values().stream())
                .flatMap(load -> load.tasks.stream())
                .toList();
    }

    private void rest(Load<C> load) {
        if (load.tasks.isEmpty() && serving.containsKey(load.worker) && !idle.contains(load) && !load.isLarger()) {
            idle.addFirst(load);
            load.idleSince = Ticks.now();
        }
    }
}
