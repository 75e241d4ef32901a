package io.forkloom.internal.wire;

/**
 * A task on its way to a worker.
 *
 * @param function stands for the definition on every link, from 1; 0 where the payload holds the function itself
 * @param definition what a worker needs to rebuild the function; sent once to each
 * @param payload the arguments and captured values
 */
public record RemoteCall(long function, byte[] definition, Payload payload) {
    /** Bytes that it holds while it waits. */
    public long bytes() {
        return payload.bytes() + 64L;
    }

    /** The same, whatever the caller does with its arrays. */
    public RemoteCall own() {
        return payload.tail() == null ? this : new RemoteCall(function, definition, payload.own());
    }
}
