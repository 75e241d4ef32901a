package io.forkloom.internal.codec;

import org.jspecify.annotations.Nullable;

/** Something could not be turned into bytes or back; the message is written for the user. */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1;

    CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
