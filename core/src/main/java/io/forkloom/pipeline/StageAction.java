package io.forkloom.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What the last stage does with an item, as a {@link StageFunction} without a result.
 *
 * @param <T> what comes in
 */
@FunctionalInterface
public interface StageAction<T extends @Nullable Object> {
    void accept(T item) throws Exception;
}
