package io.forkloom;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of a worker whose class this JVM does not have, or which could not be serialised: it keeps
 * the name, the message, the frames and the causes.
 */
public final class RemoteException extends Exception {
    private static final long serialVersionUID = 1;
    private final String type;

    public RemoteException(
            String type, @Nullable String message, StackTraceElement[] frames, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
        setStackTrace(frames);
    }

    /** The name of the class of the original. */
    public String type() {
        return type;
    }

    // The stack trace must begin with the original's name, as it did there.
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
        String message = getMessage();
        return message == null ? type : type + ": " + message;
    }
}
