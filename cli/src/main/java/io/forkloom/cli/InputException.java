package io.forkloom.cli;

import org.jspecify.annotations.Nullable;

/** The user's input or surroundings do not allow the work; the message is one line that says what to change. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
