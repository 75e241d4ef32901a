package io.forkloom;

import org.jspecify.annotations.Nullable;

/**
 * A function, argument, result or exception could not cross the border between two JVMs. The message names it, the
 * field at fault and its class, and says what to do.
 */
public final class SerialisationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SerialisationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
