package io.forkloom;

import java.util.concurrent.RejectedExecutionException;

/** The pool gave up: no worker could be started, or all died before they had finished a task. The message says how. */
public final class PoolBrokenException extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    public PoolBrokenException(String message) {
        super(message);
    }
}
