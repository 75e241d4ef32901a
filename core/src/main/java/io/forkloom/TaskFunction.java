package io.forkloom;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Work on one argument; most often a method reference such as {@code Pages::parse}. A pool of processes sends the
 * function to a worker once and from then on only the argument, so prefer this to a {@link Task} that captures.
 *
 * @param <A> the argument; serialisable where the pool is one of processes
 * @param <R> what it gives; serialisable likewise
 */
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object> extends Serializable {
    R apply(A argument) throws Exception;
}
