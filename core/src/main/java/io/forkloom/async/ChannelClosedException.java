package io.forkloom.async;

import org.jspecify.annotations.Nullable;

/** The channel takes no more, or has nothing left to give. The cause is the error that it was failed with, if it was. */
public final class ChannelClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChannelClosedException(String channel, @Nullable Throwable cause) {
        super(cause == null ? channel + " is closed" : channel + " was closed by a failure: " + cause, cause);
    }
}
