package io.forkloom.internal.wire;

import java.io.IOException;

/** The other end of a link said what no peer of ours says. */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    public ProtocolException(String message) {
        super(message);
    }
}
