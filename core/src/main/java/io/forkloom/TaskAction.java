package io.forkloom;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/**
 * Work without a result; see {@link Task}. It is a {@link Runnable} too, so that an executor's {@code submit(() -> …)}
 * makes one of its lambda where it can.
 */
@FunctionalInterface
public interface TaskAction extends Runnable, Serializable {
    void act() throws Exception;

    /** As a plain Runnable, outside a pool: what is no {@link RuntimeException} comes in a {@link CompletionException}. */
    @SuppressWarnings("FunctionalInterfaceMethodChanged") // it does what the lambda does: Runnable has no room for more
    @Override
    default void run() {
        try {
            act();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
