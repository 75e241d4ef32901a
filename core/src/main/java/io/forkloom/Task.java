package io.forkloom;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work without an argument that gives a result; most often a lambda, whose captured values travel with it.
 *
 * <p>Any {@link Callable} that is serialisable could be one; this type is what makes the compiler build such a lambda.
 *
 * <p>It runs in the worker, on one thread, and may block and compute as it likes; it can be interrupted, and killed
 * where {@link TaskPool#canKill()}. Its static fields are those of the worker.
 *
 * @param <R> what it gives; serialisable where the pool is one of processes
 */
@FunctionalInterface
public interface Task<R extends @Nullable Object> extends Callable<R>, Serializable {
    @Override
    R call() throws Exception;
}
