package io.forkloom.async;

import org.jspecify.annotations.Nullable;

/**
 * What is done with one item on a virtual thread; it may wait, and throw what it likes.
 *
 * @param <A> the item
 * @param <R> what becomes of it
 */
@FunctionalInterface
public interface AsyncFunction<A extends @Nullable Object, R extends @Nullable Object> {
    R apply(A item) throws Exception;
}
