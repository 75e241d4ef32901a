package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of an executor's tasks into its pool. */
@FunctionalInterface
interface Entrance {
    /**
     * Empty where there was no room within the time.
     *
     * @param function of a kind without arguments
     * @param name what the task is called, where the pool's options have no label; empty for the function's own name
     */
    <R extends @Nullable Object> Optional<TaskHandle<R>> enter(
            CallKind kind, Serializable function, String name, long nanos) throws InterruptedException;
}
