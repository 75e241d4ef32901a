package io.forkloom.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What an {@code io} stage does with an item. It runs on a virtual thread and may block; several threads call it at the
 * same time, up to the stage's limit. An interrupt says that the run is being cancelled.
 *
 * @param <T> what comes in
 * @param <R> what goes on to the next stage
 */
@FunctionalInterface
public interface StageFunction<T extends @Nullable Object, R extends @Nullable Object> {
    R apply(T item) throws Exception;
}
