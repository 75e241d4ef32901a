package io.forkloom.async;

import io.forkloom.internal.scope.Member;
import io.forkloom.internal.time.Ticks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One virtual thread in a {@link TaskGroup}: what it gave, or why it gave nothing.
 *
 * <p>Nothing here waits; {@link TaskGroup#join} does. All methods may be called from any thread at any time.
 *
 * @param <T> what it gives
 */
public final class Subtask<T extends @Nullable Object> {

    /** {@code RUNNING} becomes one of the others, once. */
    public enum State {
        RUNNING,
        /** It returned; there is a value. */
        DONE,
        /** It threw; there is a failure. */
        FAILED,
        /** The group was cancelled before it ended, or before it was forked: neither value nor failure. */
        CANCELLED
    }

    private final TaskGroup group;
    private final Member member;
    private final @Nullable String name;
    private final long number;
    private final long begun = Ticks.now();
    private volatile End<T> end;

    /** @param name if it has one of its own; otherwise its number is its name */
    Subtask(TaskGroup group, Member member, @Nullable String name, long number) {
        this.group = group;
        this.member = member;
        this.name = name;
        this.number = number;
        this.end = running();
    }

    /**
     * What the body returned.
     *
     * @throws IllegalStateException if it still runs, failed (with the failure as the cause) or was cancelled
     */
    public T value() {
        return switch (end) {
            case Done<T>(var value) -> value;
            case Running<T> _ -> throw new IllegalStateException(this + " still runs: join its group first");
            case Failed<T>(var failure) -> throw new IllegalStateException(this + " has no value: it failed", failure);
            case Cancelled<T>(var reason) ->
                throw new IllegalStateException(this + " has no value: it was cancelled: " + reason);
        };
    }

    public State state() {
        return switch (end) {
            case Running<T> _ -> State.RUNNING;
            case Done<T> _ -> State.DONE;
            case Failed<T> _ -> State.FAILED;
            case Cancelled<T> _ -> State.CANCELLED;
        };
    }

    /** What the body threw, if it is {@code FAILED}. */
    public Optional<Throwable> failure() {
        return end instanceof Failed<T>(var failure) ? Optional.of(failure) : Optional.empty();
    }

    public String name() {
        return name == null ? Long.toString(number) : name;
    }

    @Override
    public String toString() {
        return "subtask " + name();
    }

    TaskGroup group() {
        return group;
    }

    Member member() {
        return member;
    }

    boolean hasEnded() {
        return !(end instanceof Running);
    }

    /** On the clock of {@link Ticks}. */
    long begun() {
        return begun;
    }

    void done(T value) {
        end = new Done<>(value);
    }

    void failed(Throwable failure) {
        end = new Failed<>(failure);
    }

    void cancelled(String reason) {
        end = new Cancelled<>(reason);
    }

    private sealed interface End<T extends @Nullable Object> {}

    private record Running<T extends @Nullable Object>() implements End<T> {
        private static final Running<?> ONE = new Running<>();
    }

    @SuppressWarnings("unchecked") // it holds no T
    private static <T extends @Nullable Object> End<T> running() {
        return (End<T>) Running.ONE;
    }

    private record Done<T extends @Nullable Object>(T value) implements End<T> {}

    private record Failed<T extends @Nullable Object>(Throwable failure) implements End<T> {}

    private record Cancelled<T extends @Nullable Object>(String reason) implements End<T> {}
}
