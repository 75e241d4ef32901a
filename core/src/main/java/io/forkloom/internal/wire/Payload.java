package io.forkloom.internal.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a frame carries: bytes, and perhaps one large array behind them. Nobody changes the head. */
public record Payload(byte[] head, @Nullable Tail tail) {
    public static final Payload NONE = new Payload(new byte[0], null);

    public static Payload of(byte[] bytes) {
        return new Payload(bytes, null);
    }

    /** Of both parts. */
    public long bytes() {
        return tail == null ? head.length : (long) head.length + tail.bytes();
    }

    /** The same with a tail that nobody else has. */
    public Payload own() {
        return tail == null ? this : new Payload(head, tail.copy());
    }

    /** Copies from this byte on as much as there is room for; tells how much. */
    public int put(int from, ByteBuffer to) {
        int done = Math.min(Math.max(head.length - from, 0), to.remaining());
        if (done > 0) {
            to.put(head, from, done);
        }
        return tail != null && from + done >= head.length ? done + tail.put(from + done - head.length, to) : done;
    }
}
