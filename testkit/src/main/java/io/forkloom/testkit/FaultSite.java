package io.forkloom.testkit;

import io.forkloom.testkit.FaultPlan.InjectedException;
import io.forkloom.testkit.FaultPlan.Point;
import io.forkloom.testkit.FaultPlan.Strike;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the faults of a {@link FaultPlan} strike: goes with each call into its worker. It gets the number of its call
 * when it is written there.
 *
 * <p>A fault leaves an empty file {@code call-element-rule-strike} in the plan's folder before it strikes. So it is
 * known when the worker is dead, and when the call is started again, which then draws anew.
 */
final class FaultSite implements Serializable {
    private static final long serialVersionUID = 1;

    /** SIGKILL, as a shell has it. */
    private static final int KILLED = 137;

    /**
     * @param fault kill, delay or fail
     * @param nanos of a delay
     */
    record Rule(double probability, Point at, String fault, long nanos) implements Serializable {}

    /** Functions of plans that run in this JVM. Guarded by the class: who kills holds it, and who begins or ends. */
    private static int running;

    private final long seed;
    private final List<Rule> rules;
    private final String marks;
    private final long within;
    /** Of the plan; null in a worker. */
    private final transient @Nullable AtomicLong calls;

    private final long call;
    /** How many elements of a chunk have begun. */
    private transient int elements;

    FaultSite(long seed, List<Rule> rules, String marks, long within, AtomicLong calls) {
        this(seed, rules, marks, within, -1, calls);
    }

    private FaultSite(long seed, List<Rule> rules, String marks, long within, long call, @Nullable AtomicLong calls) {
        this.seed = seed;
        this.rules = rules;
        this.marks = marks;
        this.within = within;
        this.call = call;
        this.calls = calls;
    }

    private Object writeReplace() {
        return calls == null ? this : new FaultSite(seed, rules, marks, within, calls.getAndIncrement(), null);
    }

    <R extends @Nullable Object> R run(Callable<R> function) throws Exception {
        return new Run(calls == null ? call : calls.getAndIncrement(), elements++).run(function);
    }

    static Strike strike(String mark) {
        String[] words = mark.split("-", 5);
        return new Strike(Long.parseLong(words[0]), Integer.parseInt(words[1]), Point.valueOf(words[2]), words[3]);
    }

    private static boolean isWorker() {
        return System.getProperty("io.forkloom.worker") != null;
    }

    private static synchronized void begin() {
        running++;
    }

    private static synchronized void end(Run run) {
        running--;
        run.over = true;
    }

    /** What is drawn for one rule: when it strikes, and which file says that it has. */
    private record Drawn(Rule rule, long nanos, Path mark) {
        boolean leaveMark() {
            try {
                Files.createFile(mark);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException("the fault plan was closed before its pool", e);
            }
        }
    }

    /** One start of the function. */
    private final class Run {
        private final long call;
        private final int element;
        private boolean over; // guarded by the class FaultSite

        Run(long call, int element) {
            this.call = call;
            this.element = element;
        }

        <R extends @Nullable Object> R run(Callable<R> function) throws Exception {
            R result;
            begin();
            try {
                strikeAll(Point.TASK_START);
                draw(Point.IN_TASK).forEach(drawn -> later(drawn, () -> !over));
                result = function.call();
            } finally {
                end(this);
            }
            draw(Point.IDLE).forEach(drawn -> later(drawn, () -> running == 0));
            if (!isWorker()) {
                strikeAll(Point.RESULT_WRITE); // there is no writing
                return result;
            }
            var drawn = draw(Point.RESULT_WRITE);
            return drawn.isEmpty() ? result : fused(result, drawn);
        }

        @SuppressWarnings("unchecked") // it is only ever written, and then gives way to the result
        private <R extends @Nullable Object> R fused(R result, List<Drawn> drawn) {
            return (R) new Fuse(result, drawn);
        }

        private void strikeAll(Point at) {
            draw(at).forEach(FaultSite::strikeNow);
        }

        /** Those that strike this start at this point. */
        private List<Drawn> draw(Point at) {
            return rules.stream()
                    .filter(rule -> rule.at() == at)
                    .map(this::draw)
                    .flatMap(Optional::stream)
                    .toList();
        }

        private Optional<Drawn> draw(Rule rule) {
            for (int strike = 0; ; strike++) {
                var dice = new SplittableRandom(seed);
                for (long number : new long[] {call, element, rules.indexOf(rule), strike}) {
                    dice = new SplittableRandom(dice.nextLong() ^ number);
                }
                if (dice.nextDouble() >= rule.probability()) {
                    return Optional.empty();
                }
                var mark = Path.of(
                        marks,
                        call + "-" + element + "-" + rule.at() + "-" + rule.fault() + "-" + rules.indexOf(rule) + "."
                                + strike);
                if (!Files.exists(mark)) {
                    return Optional.of(new Drawn(rule, (long) (dice.nextDouble() * within), mark));
                }
            }
        }
    }

    private static void strikeNow(Drawn drawn) {
        refuseKillHere(drawn.rule);
        if (drawn.leaveMark()) {
            switch (drawn.rule.fault()) {
                case "kill" -> Runtime.getRuntime().halt(KILLED);
                case "delay" -> delay(drawn.rule.nanos());
                default -> throw new InjectedException("injected at " + drawn.rule.at());
            }
        }
    }

    private static void refuseKillHere(Rule rule) {
        if (rule.fault().equals("kill") && !isWorker()) {
            throw new IllegalStateException("a kill is for workers that are processes: here it would hit this program");
        }
    }

    /** An interrupt ends it, and stays for the function. */
    private static void delay(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private interface Condition {
        boolean holds();
    }

    /** From another thread, where the condition still holds then. */
    private static void later(Drawn drawn, Condition condition) {
        refuseKillHere(drawn.rule);
        Thread.ofPlatform().daemon().name("fault").start(() -> {
            delay(drawn.nanos);
            synchronized (FaultSite.class) {
                if (condition.holds()) {
                    strikeNow(drawn);
                }
            }
        });
    }

    /** Stands for a result until that is written, and strikes then. */
    private record Fuse(@Nullable Object result, List<Drawn> drawn) implements Serializable {
        private @Nullable Object writeReplace() {
            for (var each : drawn) {
                if (each.rule.fault().equals("fail")) {
                    var _ = each.leaveMark();
                    throw new InjectedException("injected at " + each.rule.at()); // whoever asks again gets the same
                }
                strikeNow(each);
            }
            return result;
        }
    }
}
