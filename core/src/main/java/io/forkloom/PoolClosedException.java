package io.forkloom;

import java.util.concurrent.RejectedExecutionException;

/** The pool takes no more tasks because it was closed. */
public final class PoolClosedException extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    public PoolClosedException(String message) {
        super(message);
    }
}
