package io.forkloom;

import io.forkloom.event.WorkerId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task can know of itself while it runs: {@code TaskContext.current().worker()}.
 *
 * @param worker the worker that runs it
 * @param label what the submitter called it
 */
public record TaskContext(WorkerId worker, String label) {
    private static final ThreadLocal<TaskContext> CURRENT = new ThreadLocal<>();

    /** The context of the task that this thread runs. */
    public static TaskContext current() {
        return find().orElseThrow(() -> new IllegalStateException("no task runs on " + Thread.currentThread()
                + ": ask on the thread that the task was started on, and hand the answer to others"));
    }

    /** As {@link #current}, empty outside a task. */
    public static Optional<TaskContext> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** For workers: the body runs as this task. */
    public static <R extends @Nullable Object> R within(TaskContext context, Task<R> body) throws Exception {
        CURRENT.set(context);
        try {
            return body.call();
        } finally {
            CURRENT.remove();
        }
    }
}
