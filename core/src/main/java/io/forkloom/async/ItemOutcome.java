package io.forkloom.async;

import org.jspecify.annotations.Nullable;

/**
 * What became of one item of an {@link AsyncMap}.
 *
 * @param <A> the item
 * @param <R> what became of it
 */
public sealed interface ItemOutcome<A extends @Nullable Object, R extends @Nullable Object> {
    A item();

    /** Its place among the items, from 1 on. */
    long number();

    /**
     * The value.
     *
     * @throws ItemFailedException if there is none
     */
    R orThrow();

    /** The function gave a value. */
    record Completed<A extends @Nullable Object, R extends @Nullable Object>(A item, long number, R value)
            implements ItemOutcome<A, R> {
        @Override
        public R orThrow() {
            return value;
        }
    }

    /**
     * The last attempt threw.
     *
     * @param error what it threw; a {@link java.util.concurrent.TimeoutException} where its time was over
     */
    record Failed<A extends @Nullable Object, R extends @Nullable Object>(
            A item, long number, Throwable error, int attempts) implements ItemOutcome<A, R> {
        @Override
        public R orThrow() {
            throw new ItemFailedException(this);
        }
    }
}
