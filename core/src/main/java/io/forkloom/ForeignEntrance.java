package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Into a pool of any kind, through what all pools have: its submit cannot wait for a limited time. */
record ForeignEntrance(TaskPool pool) implements Entrance {
    @Override
    public <R extends @Nullable Object> Optional<TaskHandle<R>> enter(
            CallKind kind, Serializable function, String name, long nanos) throws InterruptedException {
        Task<R> task = task(kind, function);
        Optional<TaskHandle<R>> handle = pool.trySubmit(task);
        return handle.isPresent() || nanos <= 0 ? handle : Optional.of(pool.submit(task));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the executor's own methods have checked it; null for an action
    private static <R extends @Nullable Object> Task<R> task(CallKind kind, Serializable function) {
        return kind == CallKind.ACTION
                ? () -> {
                    ((TaskAction) function).act();
                    return null;
                }
                : (Task<R>) function;
    }
}
