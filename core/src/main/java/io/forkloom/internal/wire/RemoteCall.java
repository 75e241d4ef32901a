package io.forkloom.internal.wire;

/**
 * A task on its way to a worker.
 *
 * @param function stands for the definition on every link, from 1; 0 where the payload holds the function itself
 * @param definition what a worker needs to rebuild the function; sent once to each
 * @param payload the arguments and captured values
 */
public record RemoteCall(long function, byte[] definition, byte[] payload) {
    /** Bytes that it holds while it waits. */
    public long bytes() {
        return payload.length + 64L;
    }
}
