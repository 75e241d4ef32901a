package io.forkloom;

import java.time.Duration;
import java.util.Optional;

/**
 * What a caller asks for a task beyond its function: {@code pool.with(deadline(ofSeconds(30)).withLabel(url))}.
 *
 * @param deadline how long the task may run, from the moment its worker turns to it; waiting in the queue does not
 *     count. A task that passes it is killed where the pool can, and ends as {@link Outcome.TimedOut}
 * @param label what the task is called in outcomes, messages and events; the function's name where it is empty
 */
public record TaskOptions(Optional<Duration> deadline, Optional<String> label) {
    public static final TaskOptions NONE = new TaskOptions(Optional.empty(), Optional.empty());

    public TaskOptions {
        if (deadline.isPresent() && !deadline.get().isPositive()) {
            throw new IllegalArgumentException(
                    "a deadline of " + deadline.get() + " is not positive: leave it out for no deadline");
        }
    }

    public static TaskOptions deadline(Duration deadline) {
        return NONE.withDeadline(deadline);
    }

    public static TaskOptions label(String label) {
        return NONE.withLabel(label);
    }

    public TaskOptions withDeadline(Duration deadline) {
        return new TaskOptions(Optional.of(deadline), label);
    }

    public TaskOptions withLabel(String label) {
        return new TaskOptions(deadline, Optional.of(label));
    }
}
