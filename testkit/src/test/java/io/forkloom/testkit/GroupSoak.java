package io.forkloom.testkit;

import io.forkloom.ProcessPool;
import io.forkloom.TaskException;
import io.forkloom.TaskPool;
import io.forkloom.WorkerOutput;
import io.forkloom.async.Channel;
import io.forkloom.async.GroupFailedException;
import io.forkloom.async.GroupView;
import io.forkloom.async.Policy;
import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import io.forkloom.async.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Trees of groups at random, of all policies, with waits of every kind in them, cancelled at random points by random
 * threads. Afterwards every error that a subtask has thrown was told to somebody, and no thread and no task is left.
 */
final class GroupSoak {
    private static final int DEPTH = 3;
    private static final List<Policy> POLICIES = List.copyOf(EnumSet.allOf(Policy.class));

    private final TaskPool pool;
    private final Set<Throwable> thrown = ConcurrentHashMap.newKeySet();
    private final Set<Throwable> told = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final Queue<Subtask<?>> subtasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger alive = new AtomicInteger();

    private GroupSoak(TaskPool pool) {
        this.pool = pool;
    }

    /** An error that says who threw it, by its identity. */
    private static final class Mine extends Exception {
        private static final long serialVersionUID = 1;

        Mine(String words) {
            super(words);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        long seed = args.length > 1 && !args[1].isEmpty() ? Long.parseLong(args[1]) : System.nanoTime();
        int rounds = Integer.parseInt(args[0]);
        var problems = run(seed, rounds);
        IO.println(rounds + " trees of groups, seed " + seed + ": " + (problems.isEmpty() ? "clean" : problems));
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /** What is wrong after so many trees; nothing, if all is well. */
    static List<String> run(long seed, int rounds) throws InterruptedException {
        var problems = new ArrayList<String>();
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("64m").output(WorkerOutput.DISCARD))) {
            var random = new Random(seed);
            for (int round = 0; round < rounds && problems.isEmpty(); round++) {
                var soak = new GroupSoak(pool);
                soak.tree(random.nextLong());
                soak.check(round, problems);
            }
            var stats = pool.stats();
            if (stats.ended() != stats.submitted()) {
                problems.add("tasks are left: " + stats);
            }
        }
        return problems;
    }

    private void check(int round, List<String> problems) {
        for (var subtask : subtasks) {
            subtask.failure().ifPresent(this::tell);
        }
        for (var error : thrown) {
            if (!told.contains(error)) {
                problems.add("round " + round + ": nobody was told of " + error);
            }
        }
        if (alive.get() != 0) {
            problems.add("round " + round + ": " + alive + " bodies still run");
        }
        for (var group : GroupView.all(5)) {
            problems.add("round " + round + ": " + group + " is still open");
        }
        if (Thread.interrupted()) {
            problems.add("round " + round + ": an interrupt is left behind");
        }
    }

    private void tree(long seed) {
        try {
            group(new Random(seed), DEPTH);
        } catch (Throwable e) {
            tell(e);
        }
    }

    private void group(Random random, int depth) throws Exception {
        var policy = POLICIES.get(random.nextInt(POLICIES.size()));
        try (var group = TaskGroup.open(c -> c.name("soak").policy(policy))) {
            var channel = Channel.<Integer>bounded(1 + random.nextInt(3));
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                long seed = random.nextLong();
                subtasks.add(group.forkAction(() -> body(group, channel, new Random(seed), depth)));
            }
            cancelAtTheLatest(group, random, channel);
            if (policy == Policy.AS_COMPLETED && random.nextBoolean()) {
                group.completed().forEach(ended -> ended.failure().ifPresent(this::tell));
            }
            if (random.nextInt(4) == 0) {
                Timeouts.failAfter(Duration.ofMillis(random.nextInt(20)), () -> {
                    group.join();
                    return true;
                });
            } else {
                group.join();
            }
        }
    }

    /** So that nobody waits in a channel for ever: that is what cancelling is for. */
    private static void cancelAtTheLatest(TaskGroup group, Random random, Channel<?> channel) {
        group.forkAction(() -> {
            Thread.sleep(random.nextInt(15));
            if (random.nextBoolean()) {
                group.cancel("at random");
            } else {
                channel.close();
                Thread.sleep(10);
                group.cancel("late");
            }
        });
    }

    private void body(TaskGroup group, Channel<Integer> channel, Random random, int depth) throws Exception {
        alive.incrementAndGet();
        try {
            for (int steps = random.nextInt(4); steps >= 0; steps--) {
                step(group, channel, random, depth);
            }
        } catch (Throwable problem) {
            if (random.nextInt(4) == 0) {
                var another = mine("in the clean-up");
                another.addSuppressed(problem); // as a try block would
                throw another;
            }
            throw problem;
        } finally {
            alive.decrementAndGet();
        }
    }

    private void step(TaskGroup group, Channel<Integer> channel, Random random, int depth) throws Exception {
        switch (random.nextInt(11)) {
            case 0 -> Thread.sleep(random.nextInt(5));
            case 1 -> channel.send(1);
            case 2 -> channel.receive();
            case 3 -> pool.call(Work::square, 3);
            case 4 -> pool.run(() -> Thread.sleep(5));
            case 5 -> throw mine("a step");
            case 6 -> group.cancel("by a subtask");
            case 7 -> subtasks.add(group.forkAction(() -> Thread.sleep(1)));
            case 8 -> Timeouts.moveOnAfter(Duration.ofMillis(2), channel::receive);
            case 9 ->
                Timeouts.shield(() -> {
                    Thread.sleep(1);
                    return true;
                });
            default -> {
                if (depth > 0) {
                    group(random, depth - 1);
                }
            }
        }
    }

    private Mine mine(String words) {
        var error = new Mine(words);
        thrown.add(error);
        return error;
    }

    /** It, and whatever it has with it. */
    private void tell(Throwable error) {
        if (!told.add(error)) {
            return;
        }
        if (!(error instanceof Mine
                || error instanceof GroupFailedException
                || error instanceof TaskException
                || error instanceof TimeoutException
                || error instanceof InterruptedException
                || error instanceof RuntimeException)) {
            throw new IllegalStateException("nobody throws this here", error);
        }
        if (error.getCause() != null) {
            tell(error.getCause());
        }
        for (var suppressed : error.getSuppressed()) {
            tell(suppressed);
        }
    }
}
