package io.forkloom.bench.peers;

import org.jspecify.annotations.Nullable;

/** A peer is not there, or has not done what it was asked to; the message says why. */
public final class PeerException extends Exception {
    private static final long serialVersionUID = 1;

    PeerException(String message) {
        super(message);
    }

    PeerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
