package io.forkloom.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.forkloom.Broadcast;
import io.forkloom.Outcome;
import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.Failed;
import io.forkloom.Outcome.NotStarted;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.PoolClosedException;
import io.forkloom.ProcessPool;
import io.forkloom.Retry;
import io.forkloom.TaskCancelledException;
import io.forkloom.TaskException;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One of those who submit: draws a task, waits for its end, says whether that was right, and draws again. */
final class SoakLoad implements Runnable {
    private final ProcessPool pool;
    private final Broadcast<int[]> table;
    private final SoakAccount account;
    private final RandomGenerator dice;
    private final CountDownLatch end;

    /** @param end set when the pool is about to be closed: then tasks may be cancelled or never start */
    SoakLoad(ProcessPool pool, Broadcast<int[]> table, SoakAccount account, RandomGenerator dice, CountDownLatch end) {
        this.pool = pool;
        this.table = table;
        this.account = account;
        this.dice = dice;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            while (!isEnding()) {
                draw(dice.nextInt(100));
            }
        } catch (PoolClosedException e) {
            if (!isEnding()) {
                account.complain("closed before its time: " + e);
            }
        } catch (Throwable e) { // it is the soak that says so
            account.complain("a submitter failed: " + e + " at " + Arrays.toString(e.getStackTrace()));
        }
    }

    private boolean isEnding() {
        return end.getCount() == 0;
    }

    private void draw(int number) throws InterruptedException {
        if (number < 60) {
            harmless(number);
        } else if (number < 74) {
            stopped(number);
        } else if (number < 88) {
            asked(number);
        } else {
            deadly(number);
        }
    }

    private void harmless(int number) throws InterruptedException {
        int n = dice.nextInt(1_000);
        if (number < 6) {
            value("broadcast", pool.submit(SoakWork::lookUp, table, n), value -> value == n * n);
        } else if (number < 20) {
            value("square", pool.submit(Work::square, n), value -> value == n * n);
        } else if (number < 35) {
            int rounds = n * n;
            value("computing", pool.submit(SoakWork::spin, rounds), value -> value == SoakWork.spin(rounds));
        } else if (number < 42) {
            var bytes = new byte[dice.nextInt(4 << 20)];
            dice.nextBytes(bytes);
            value(
                    "large argument",
                    pool.submit(SoakWork::reversed, bytes),
                    value -> Arrays.equals(value, SoakWork.reversed(bytes)));
        } else if (number < 47) {
            int until = dice.nextInt(1 << 20);
            value(
                    "large result",
                    pool.submit(Work::count, until),
                    value -> Arrays.equals(value, IntStream.range(0, until).toArray()));
        } else if (number < 53) {
            map(n, 1 + dice.nextInt(50));
        } else if (number < 57) {
            value("flood", pool.submit(SoakWork::flood, n), value -> value == n);
        } else {
            ends(
                    "exception",
                    pool.submit(Work::fail, n),
                    outcome -> outcome instanceof Failed<?>(var cause, var _)
                            && cause instanceof Work.OrderException order
                            && order.order == n);
        }
    }

    private void map(int arguments, int chunk) {
        int at = 0;
        var options = TaskOptions.label(SoakAccount.UNSEEN);
        try (var results = pool.with(options)
                .map(Work::square, IntStream.range(0, arguments).boxed().toList())
                .chunk(chunk)) {
            for (var outcome : results.outcomes()) {
                int n = at++;
                account.countElement(
                        outcome,
                        outcome instanceof Completed<Integer>(Integer value, var _)
                                ? value == n * n
                                : outcome instanceof Crashed || isOfTheEnd(outcome));
            }
        }
        if (at != arguments) {
            account.complain("a map gave " + at + " results for " + arguments + " arguments");
        }
    }

    /** Tasks that never end by themselves, and that a clock ends. */
    private void stopped(int number) throws InterruptedException {
        var limit = ofMillis(20 + dice.nextInt(400));
        if (number < 65) {
            var options = TaskOptions.deadline(limit);
            ends("deadline", pool.with(options).submit(SoakWork::hang, ""), TimedOut.class::isInstance);
        } else if (number < 67) {
            var options = TaskOptions.deadline(limit);
            ends("deadline, child", pool.with(options).submit(SoakWork::hangWithChild, ""), TimedOut.class::isInstance);
        } else if (number < 71) {
            var options = TaskOptions.NONE.withSoftLimit(limit).withDeadline(ofSeconds(20));
            ends(
                    "soft limit",
                    pool.with(options).submit(SoakWork::hang, ""),
                    outcome -> outcome instanceof TimedOut<?> late
                            && late.deadline().equals(limit));
        } else {
            var options = TaskOptions.NONE.withSoftLimit(limit).withDeadline(ofSeconds(20));
            value("giving in", pool.with(options).submit(SoakWork::giveIn, "well"), "well"::equals);
        }
    }

    /** Tasks of which somebody says that they are to end. */
    private void asked(int number) throws InterruptedException {
        long nanos = dice.nextLong(100_000_000);
        if (number < 78) {
            cancelled("cancelled", pool.submit(SoakWork::hang, ""), nanos);
        } else if (number < 84) {
            cancelled("cancelled at its end", pool.submit(Work::square, 3), nanos / 100);
        } else {
            interrupted(nanos);
        }
    }

    private void cancelled(String kind, TaskHandle<?> handle, long nanos) throws InterruptedException {
        LockSupport.parkNanos(nanos);
        boolean counts = handle.cancel("soak");
        ends(kind, handle, outcome -> counts == (outcome instanceof Cancelled<?>) || outcome instanceof Crashed);
    }

    private void interrupted(long nanos) throws InterruptedException {
        var caller =
                new Trial(() -> pool.with(TaskOptions.label(SoakAccount.UNSEEN)).call(SoakWork::hang, ""));
        LockSupport.parkNanos(nanos);
        caller.thread().interrupt();
        var thrown = caller.thrown();
        account.interrupted();
        // Killed from outside first, or closed.
        if (!(thrown instanceof InterruptedException || thrown instanceof TaskException)
                && !(thrown instanceof PoolClosedException && isEnding())) {
            account.complain("an interrupted call threw " + thrown);
        }
        if (thrown instanceof TaskCancelledException && !isEnding()) {
            account.complain("an interrupted call was told " + thrown);
        }
    }

    /** Tasks that end their worker. */
    private void deadly(int number) throws InterruptedException {
        int code = 1 + dice.nextInt(100);
        switch (number) {
            case 88, 89 -> ends("exit", pool.submit(Faults::exit, code), Crashed.class::isInstance);
            case 90, 91 -> ends("halt", pool.submit(Faults::halt, code), Crashed.class::isInstance);
            case 92, 93 -> ends("native crash", pool.submit(Faults::nativeCrash, 0L), Crashed.class::isInstance);
            case 94 ->
                ends(
                        "out of memory",
                        pool.submit(Faults::heapOutOfMemory, 1 << 20),
                        Outcome.OutOfMemory.class::isInstance);
            case 95 -> retried(code);
            default -> {
                var options = TaskOptions.NONE.withWaitLimit(ofMillis(1 + dice.nextInt(20)));
                ends(
                        "wait limit",
                        pool.with(options).submit(Work::square, code),
                        outcome -> outcome instanceof Completed || outcome instanceof NotStarted);
            }
        }
    }

    private void retried(int code) throws InterruptedException {
        var options = TaskOptions.retry(Retry.onCrash(2));
        var outcome = ends("retried", pool.with(options).submit(Faults::halt, code), Crashed.class::isInstance);
        if (outcome instanceof Crashed && outcome.task().earlier().size() != 1 && !isEnding()) {
            account.complain("a task that is started twice at the most ended as " + outcome);
        }
    }

    private <R> void value(String kind, TaskHandle<R> handle, Predicate<R> right) throws InterruptedException {
        var outcome = ends(kind, handle, each -> each instanceof Completed<?>);
        if (outcome instanceof Completed<R>(R value, var _) && !right.test(value)) {
            account.complain(kind + " gave a wrong value");
        }
        if (outcome instanceof Crashed) {
            account.bystanderLost();
        }
    }

    /** A kill from outside may hit any task, and the end of the pool too. */
    private <R> Outcome<R> ends(String kind, TaskHandle<R> handle, Predicate<Outcome<R>> right)
            throws InterruptedException {
        var outcome = handle.await(ofSeconds(60)).orElse(null);
        if (outcome == null) {
            account.complain(kind + " has not ended after a minute: " + handle);
            return handle.await();
        }
        account.count(kind, outcome, right.test(outcome) || outcome instanceof Crashed || isOfTheEnd(outcome));
        return outcome;
    }

    private boolean isOfTheEnd(Outcome<?> outcome) {
        return isEnding() && (outcome instanceof Cancelled || outcome instanceof NotStarted);
    }
}
