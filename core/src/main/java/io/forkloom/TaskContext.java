package io.forkloom;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.CallKind;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task can know of itself while it runs: {@code TaskContext.current().worker()}.
 *
 * @param worker the worker that runs it
 * @param label the function's name, as in messages
 */
public record TaskContext(WorkerId worker, String label) {
    private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

    /** The context of the task that this thread runs. */
    public static TaskContext current() {
        return find().orElseThrow(() -> new IllegalStateException("no task runs on " + Thread.currentThread()
                + ": ask on the thread that the task was started on, and hand the answer to others"));
    }

    /** As {@link #current}, empty outside a task. */
    public static Optional<TaskContext> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** For workers: runs one of the task interfaces with its arguments, as this task. */
    @SuppressWarnings("unchecked") // the types were checked where the task was submitted
    public @Nullable Object run(CallKind kind, Object function, @Nullable Object... arguments) throws Exception {
        CURRENT.set(this);
        try {
            return switch (kind) {
                case TASK -> ((Task<?>) function).call();
                case FUNCTION -> ((TaskFunction<@Nullable Object, ?>) function).apply(arguments[0]);
                case BI_FUNCTION ->
                    ((TaskBiFunction<@Nullable Object, @Nullable Object, ?>) function)
                            .apply(arguments[0], arguments[1]);
                case ACTION -> {
                    ((TaskAction) function).run();
                    yield null;
                }
                case CHUNK ->
                    Chunk.apply((TaskFunction<@Nullable Object, @Nullable Object>) function, (@Nullable Object[])
                            Objects.requireNonNull(arguments[0]));
            };
        } finally {
            CURRENT.remove();
        }
    }
}
