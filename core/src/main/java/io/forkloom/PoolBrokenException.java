package io.forkloom;

import java.util.concurrent.RejectedExecutionException;

/** The pool gave up: its workers died again and again before they could take a task. The message says how they died. */
public final class PoolBrokenException extends RejectedExecutionException {
    private static final long serialVersionUID = 1;

    public PoolBrokenException(String message) {
        super(message);
    }
}
