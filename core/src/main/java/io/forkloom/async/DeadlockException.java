package io.forkloom.async;

/** To wait for this lock would have been to wait for ever: its owner waits, by way of others, for one of the caller's. */
public final class DeadlockException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeadlockException(String message) {
        super(message);
    }
}
