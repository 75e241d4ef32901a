package io.forkloom.internal.supervise;

/** A worker answered a call that it does not run; thrown through the keeper that read it, and ends the worker. */
public final class UnexpectedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnexpectedAnswerException(String message) {
        super(message);
    }
}
