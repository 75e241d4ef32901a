package io.forkloom;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Work on two arguments; see {@link TaskFunction}.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <R> what it gives
 */
@FunctionalInterface
public interface TaskBiFunction<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends Serializable {
    R apply(A first, B second) throws Exception;
}
