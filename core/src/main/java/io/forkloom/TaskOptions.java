package io.forkloom;

import io.forkloom.internal.dispatch.Limits;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller asks for a task beyond its function: {@code pool.with(deadline(ofSeconds(30)).withLabel(url))}. Each task
 * has three clocks, of which none counts another's time: waiting, running, and silence.
 *
 * @param deadline how long the task may run, from the moment its worker turns to it; waiting in the queue does not
 *     count. A task that passes it is killed where the pool can, and ends as {@link Outcome.TimedOut}. The task itself
 *     may move it ({@link TaskContext#extendDeadline})
 * @param label what the task is called in outcomes, messages and events; the function's name where it is empty
 * @param waitLimit how long the task may wait for a worker, from its acceptance; one that waits longer ends as
 *     {@link Outcome.NotStarted}
 * @param silenceLimit how long the task may run without a word of {@link TaskContext#progress}; as a deadline otherwise
 * @param softLimit when the running task is interrupted, so that it can end by itself before its deadline. What it then
 *     returns counts as always; if it throws, it ends as {@link Outcome.TimedOut}. Its worker lives on
 * @param retry whether it is started again when it has cost its worker; not, if not set
 */
public record TaskOptions(
        Optional<Duration> deadline,
        Optional<String> label,
        Optional<Duration> waitLimit,
        Optional<Duration> silenceLimit,
        Optional<Duration> softLimit,
        Retry retry) {
    public static final TaskOptions NONE = new TaskOptions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Retry.NEVER);

    public TaskOptions {
        check("deadline", deadline);
        check("wait limit", waitLimit);
        check("silence limit", silenceLimit);
        check("soft limit", softLimit);
        if (deadline.isPresent() && softLimit.isPresent() && softLimit.get().compareTo(deadline.get()) >= 0) {
            throw new IllegalArgumentException("a soft limit of " + softLimit.get()
                    + " comes too late before a deadline of " + deadline.get() + ": make it shorter");
        }
    }

    private static void check(String what, Optional<Duration> limit) {
        if (limit.isPresent() && !limit.get().isPositive()) {
            throw new IllegalArgumentException(
                    "a " + what + " of " + limit.get() + " is not positive: leave it out for none");
        }
    }

    public static TaskOptions deadline(Duration deadline) {
        return NONE.withDeadline(deadline);
    }

    public static TaskOptions label(String label) {
        return NONE.withLabel(label);
    }

    public static TaskOptions retry(Retry retry) {
        return NONE.withRetry(retry);
    }

    public TaskOptions withDeadline(Duration limit) {
        return new TaskOptions(Optional.of(limit), label, waitLimit, silenceLimit, softLimit, retry);
    }

    public TaskOptions withLabel(String name) {
        return new TaskOptions(deadline, Optional.of(name), waitLimit, silenceLimit, softLimit, retry);
    }

    public TaskOptions withWaitLimit(Duration limit) {
        return new TaskOptions(deadline, label, Optional.of(limit), silenceLimit, softLimit, retry);
    }

    public TaskOptions withSilenceLimit(Duration limit) {
        return new TaskOptions(deadline, label, waitLimit, Optional.of(limit), softLimit, retry);
    }

    public TaskOptions withSoftLimit(Duration limit) {
        return new TaskOptions(deadline, label, waitLimit, silenceLimit, Optional.of(limit), retry);
    }

    public TaskOptions withRetry(Retry policy) {
        return new TaskOptions(deadline, label, waitLimit, silenceLimit, softLimit, policy);
    }

    Limits limits() {
        return new Limits(waitLimit, deadline, silenceLimit, softLimit);
    }
}
