package io.forkloom;

import java.io.Serializable;

/**
 * Work without an argument that gives a result; most often a lambda, whose captured values travel with it.
 *
 * @param <R> what it gives; serialisable where the pool is one of processes
 */
@FunctionalInterface
public interface Task<R> extends Serializable {
    R call() throws Exception;
}
