package io.forkloom.testkit;

import io.forkloom.Task;
import io.forkloom.TaskFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Faults for the tests of your own program: workers die, tasks are slow or fail, each with a probability, at a named
 * point, and as a seed decides. The functions of the program are wrapped and go to the pool as ever:
 *
 * <pre>{@code
 * try (var faults = FaultPlan.seed(42)
 *                 .kill(0.01, Point.RESULT_WRITE)
 *                 .delay(0.1, ofMillis(50), Point.TASK_START);
 *         var pool = ProcessPool.open()) {
 *     var pages = pool.with(TaskOptions.retry(Retry.onCrash(3))).map(faults.function(Pages::parse), urls).toList();
 *     assertThat(faults.strikes()).isNotEmpty();
 * }
 * }</pre>
 *
 * <p><b>What the seed decides.</b> Which call meets which fault: calls are counted in the order in which they are
 * submitted, the elements of a chunk within it, and a call that is started again by a retry draws anew. Submitted by
 * one thread, the same program meets the same faults at the same calls; when a fault strikes is the machine's affair.
 *
 * <p>Nothing of it is in the pool: the wrapped function strikes from within its worker. With {@code accept(...)} list
 * {@code io.forkloom.testkit.*} and the classes whose methods are wrapped. In a pool of threads there is nobody to
 * kill: a function that is to be killed fails there, and says so.
 */
public final class FaultPlan implements AutoCloseable {
    /** Where a fault strikes. */
    public enum Point {
        /** Before the function begins. */
        TASK_START,
        /** While the function runs, at a moment within the first {@link #within}; kills only. Shorter ones escape. */
        IN_TASK,
        /** When the function has returned, while its result is turned into bytes. */
        RESULT_WRITE,
        /**
         * At a moment within {@link #within} after the function has returned, if no other function of a plan runs in the
         * worker then; kills only. A call that the worker is just turning to, or whose result it still writes, is hit.
         */
        IDLE
    }

    /** What a function throws that meets {@link #fail}. */
    public static final class InjectedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        InjectedException(String message) {
            super(message);
        }
    }

    /**
     * A fault that has struck.
     *
     * @param call the number of the submitted call, from 0
     * @param element of a chunk, from 0
     * @param fault {@code kill}, {@code delay} or {@code fail}
     */
    public record Strike(long call, int element, Point at, String fault) {}

    private final long seed;
    private final Path marks;
    private final AtomicLong calls = new AtomicLong();
    private final List<FaultSite.Rule> rules = new ArrayList<>();
    private Duration within = Duration.ofMillis(20);

    private FaultPlan(long seed) {
        this.seed = seed;
        try {
            this.marks = Files.createTempDirectory("faults");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without faults yet. */
    public static FaultPlan seed(long seed) {
        return new FaultPlan(seed);
    }

    /** The worker's process ends as by SIGKILL: with exit code 137, and no shutdown hook runs. */
    public FaultPlan kill(double probability, Point at) {
        return with(new FaultSite.Rule(probability, at, "kill", 0));
    }

    public FaultPlan delay(double probability, Duration by, Point at) {
        return with(new FaultSite.Rule(probability, at, "delay", by.toNanos()));
    }

    /** An {@link InjectedException}; at {@link Point#RESULT_WRITE} the result cannot be serialised because of it. */
    public FaultPlan fail(double probability, Point at) {
        return with(new FaultSite.Rule(probability, at, "fail", 0));
    }

    /** How late the faults at {@link Point#IN_TASK} and {@link Point#IDLE} strike at the most; 20 ms if not set. */
    public FaultPlan within(Duration most) {
        within = most;
        return this;
    }

    private FaultPlan with(FaultSite.Rule rule) {
        if (!(rule.probability() >= 0 && rule.probability() <= 1)) {
            throw new IllegalArgumentException("a probability of " + rule.probability() + " is not between 0 and 1");
        }
        if (!rule.fault().equals("kill") && (rule.at() == Point.IN_TASK || rule.at() == Point.IDLE)) {
            throw new IllegalArgumentException("from outside of a function it cannot be made to " + rule.fault()
                    + ": at " + rule.at() + " there are kills only");
        }
        rules.add(rule);
        return this;
    }

    /** The function, which meets the faults that were set until now. */
    public <A extends @Nullable Object, R extends @Nullable Object> TaskFunction<A, R> function(
            TaskFunction<A, R> function) {
        var site = site();
        return argument -> site.run(() -> function.apply(argument));
    }

    /** As {@link #function}. */
    public <R extends @Nullable Object> Task<R> task(Task<R> task) {
        var site = site();
        return () -> site.run(task);
    }

    private FaultSite site() {
        return new FaultSite(seed, new ArrayList<>(rules), marks.toString(), within.toNanos(), calls);
    }

    /** All that have struck so far, in the order of their calls. They are known when the worker is dead, too. */
    public List<Strike> strikes() {
        try (Stream<Path> files = Files.list(marks)) {
            return files.map(file -> FaultSite.strike(file.getFileName().toString()))
                    .sorted(Comparator.comparingLong(Strike::call).thenComparingInt(Strike::element))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets what has struck; close it after the pools. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.list(marks)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(marks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
