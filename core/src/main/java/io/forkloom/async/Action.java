package io.forkloom.async;

/** A body without a result; it may wait, and throw what it likes. */
@FunctionalInterface
public interface Action {
    void run() throws Exception;
}
