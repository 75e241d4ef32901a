package io.forkloom;

import io.forkloom.event.Progress;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task can know of itself while it runs, and tell of it: {@code TaskContext.current().progress(3, 10)}. Its methods
 * may be called by any thread until the task has ended; then they do nothing. None of them waits.
 */
public final class TaskContext {
    private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

    private final WorkerId worker;
    private final String label;
    private final Ledger ledger;
    private final long ticket;
    private final List<Object> states;

    /** For workers. */
    public TaskContext(WorkerId worker, String label, Ledger ledger, long ticket, List<Object> states) {
        this.worker = worker;
        this.label = label;
        this.ledger = ledger;
        this.ticket = ticket;
        this.states = states;
    }

    /** For workers: the state that the preparation of a worker has made. */
    public static List<Object> state(CallKind kind, Object function, @Nullable Object value) {
        return Preparation.state(kind, function, value);
    }

    /** The context of the task that this thread runs. */
    public static TaskContext current() {
        return find().orElseThrow(() -> new IllegalStateException("no task runs on " + Thread.currentThread()
                + ": ask on the thread that the task was started on, and hand the answer to others"));
    }

    /** As {@link #current}, empty outside a task. */
    public static Optional<TaskContext> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The worker that runs the task. */
    public WorkerId worker() {
        return worker;
    }

    /** The function's name, as in messages. */
    public String label() {
        return label;
    }

    /**
     * What the worker has made before its first task and keeps for all of them, as {@link PoolConfig#state} has it; where
     * several are of this type, the one that was made first.
     *
     * @throws IllegalStateException where there is none
     */
    public <T> T state(Class<T> type) {
        for (var each : states) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        throw new IllegalStateException("worker " + worker + " keeps no " + type.getName() + ", only "
                + states.stream().map(each -> each.getClass().getName()).toList()
                + ": say what makes one when the pool is opened, as in c.state(Models::load)");
    }

    /**
     * Tells how far the task has come; costs some nanoseconds. It stands in the report if the worker dies, and sets the
     * clock of silence back ({@link TaskOptions#withSilenceLimit}).
     *
     * @param total 0 if it is not known
     */
    public void progress(long done, long total) {
        ledger.progress(ticket, new Progress(done, total));
    }

    /** Adds to the deadline of this task, where it has one. */
    public void extendDeadline(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("extendDeadline(" + by + ") must not be negative");
        }
        ledger.extend(ticket, Ticks.of(by));
    }

    /** Whether the soft limit of this task has passed ({@link TaskOptions#withSoftLimit}). */
    public boolean isCancelled() {
        return ticket != 0 && ledger.isAskedToStop(ticket);
    }

    /** Throws where {@link #isCancelled}; for tasks that compute and never wait, as interrupts do not reach them. */
    public void checkCancelled() throws InterruptedException {
        if (isCancelled()) {
            throw new InterruptedException("the soft limit of " + label + " has passed");
        }
    }

    /** For workers: as {@link #run(CallKind, Object, Object...)}, within the context that came with the call. */
    public @Nullable Object run(
            Map<String, String> context, CallKind kind, Object function, @Nullable Object... arguments)
            throws Exception {
        if (context.isEmpty()) {
            return run(kind, function, arguments);
        }
        try (var _ = state(ContextCarrier.class).restore(context)) {
            return run(kind, function, arguments);
        }
    }

    /** For workers: runs one of the task interfaces with its arguments, as this task. */
    @SuppressWarnings("unchecked") // the types were checked where the task was submitted
    public @Nullable Object run(CallKind kind, Object function, @Nullable Object... arguments) throws Exception {
        var outer = CURRENT.get(); // of a task that runs this one on its own thread
        CURRENT.set(this);
        try {
            return switch (kind) {
                case TASK -> ((Task<?>) function).call();
                case FUNCTION -> ((TaskFunction<@Nullable Object, ?>) function).apply(arguments[0]);
                case BI_FUNCTION ->
                    ((TaskBiFunction<@Nullable Object, @Nullable Object, ?>) function)
                            .apply(arguments[0], arguments[1]);
                case ACTION -> {
                    ((TaskAction) function).act();
                    yield null;
                }
                case CHUNK ->
                    Chunk.apply((TaskFunction<@Nullable Object, @Nullable Object>) function, (@Nullable Object[])
                            Objects.requireNonNull(arguments[0]));
            };
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }
}
