package io.forkloom;

import io.forkloom.event.WorkerId;
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

    /**
     * For workers: runs one of the four task interfaces with its arguments, as this task.
     *
     * @throws SerialisationException where the function is none of the four
     */
    @SuppressWarnings("unchecked") // the types were checked where the task was submitted
    public @Nullable Object run(Object function, @Nullable Object... arguments) throws Exception {
        CURRENT.set(this);
        try {
            return switch (function) {
                case Task<?> task -> task.call();
                case TaskFunction<?, ?> one -> ((TaskFunction<@Nullable Object, ?>) one).apply(arguments[0]);
                case TaskBiFunction<?, ?, ?> two ->
                    ((TaskBiFunction<@Nullable Object, @Nullable Object, ?>) two).apply(arguments[0], arguments[1]);
                case TaskAction action -> {
                    action.run();
                    yield null;
                }
                default ->
                    throw new SerialisationException(
                            function.getClass().getTypeName() + " is none of the task interfaces", null);
            };
        } finally {
            CURRENT.remove();
        }
    }
}
