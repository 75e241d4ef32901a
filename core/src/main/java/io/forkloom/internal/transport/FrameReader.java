package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.Tail;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Takes frames off a channel in blocking mode; for one thread. */
public final class FrameReader {
    /** Room for many small frames in one read; larger payloads come in pieces of it, which stay in the cache. */
    private static final int BUFFER = 128 * 1024;

    /** So much of an announced size is believed of somebody who may be out of his mind, as a worker may. */
    private static final int BELIEVED = 64 * 1024 * 1024;

    private final ReadableByteChannel channel;
    private final int generation;
    private final int limit;
    private final @Nullable Runnable beforeWaiting;
    /** Beyond it, memory is taken as the bytes arrive. A multiple of 8, which a growing tail's elements have at most. */
    private final int believed;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();

    /** @param limit bytes that a payload may have at the most */
    public FrameReader(ReadableByteChannel channel, int generation, int limit) {
        this(channel, generation, limit, BELIEVED, null);
    }

    private FrameReader(
            ReadableByteChannel channel, int generation, int limit, int believed, @Nullable Runnable beforeWaiting) {
        this.channel = channel;
        this.generation = generation;
        this.limit = limit;
        this.believed = believed;
        this.beforeWaiting = beforeWaiting;
    }

    /**
     * For a worker, which has nobody to trust but its pool: room for a payload is made at once, and once.
     *
     * @param beforeWaiting done each time before the channel is read, which may wait; null for nothing
     */
    static FrameReader trusting(
            ReadableByteChannel channel, int generation, int limit, @Nullable Runnable beforeWaiting) {
        return new FrameReader(channel, generation, limit, Integer.MAX_VALUE, beforeWaiting);
    }

    /** Whether the next frame is here as a whole, and will be read without waiting. */
    boolean hasNext() {
        return Header.isWhole(buffer);
    }

    /** Waits for the next frame; null at the end of the stream. A stream that ends within a frame is an error. */
    public @Nullable Frame read() throws IOException {
        return read(null);
    }

    /**
     * As {@link #read()}, but passes over calls that are not claimed, unless nobody does. A call is claimed when its header is there and
     * nothing was allocated for it: one that is too large for the memory is to be seen as started.
     */
    @Nullable
    Frame read(@Nullable LongPredicate claim) throws IOException {
        while (fill(Header.BYTES)) {
            var header = Header.take(buffer, limit);
            if (header.generation() != generation) {
                throw new ProtocolException(
                        "a frame of generation " + header.generation() + " on a link of generation " + generation);
            }
            if (claim == null || !header.isCall() || claim.test(header.id())) {
                return header.with(payload(header));
            }
            skip(header.length() + (header.hasTail() ? Integer.BYTES : 0));
        }
        return null;
    }

    private void skip(int length) throws IOException {
        for (int left = length; left > 0; ) {
            if (!buffer.hasRemaining() && !fill(1)) {
                throw new EOFException("the link ended within a payload");
            }
            int part = Math.min(buffer.remaining(), left);
            buffer.position(buffer.position() + part);
            left -= part;
        }
    }

    private Payload payload(Header header) throws IOException {
        if (!header.hasTail()) {
            return header.length() == 0 ? Payload.NONE : Payload.of(bytes(header.length()));
        }
        if (!fill(Integer.BYTES)) {
            throw new EOFException("the link ended within a header");
        }
        byte[] head = bytes(header.takeHeadLength(buffer));
        return new Payload(head, tail(header.tail(), header.length() - head.length));
    }

    private byte[] bytes(int length) throws IOException {
        return (byte[]) tail(Tail.BYTE, length).array();
    }

    private Tail tail(int kind, int length) throws IOException {
        var tail = Tail.empty(kind, Math.min(length, believed));
        for (int at = 0; at < length; ) {
            if (at == tail.bytes()) {
                tail = tail.grown((int) Math.min(length, 2L * at));
            }
            if (!buffer.hasRemaining() && !fill(1)) {
                throw new EOFException("the link ended after " + at + " of " + length + " bytes of a payload");
            }
            at += tail.take(buffer, at);
        }
        return tail;
    }

    /** Makes at least this many bytes available; false where the stream ends before the first of them. */
    private boolean fill(int wanted) throws IOException {
        if (buffer.remaining() >= wanted) {
            return true;
        }
        if (beforeWaiting != null) {
            beforeWaiting.run();
        }
        buffer.compact();
        try {
            while (buffer.position() < wanted) {
                if (channel.read(buffer) < 0) {
                    if (buffer.position() > 0) {
                        throw new EOFException("the link ended within a header");
                    }
                    return false;
                }
            }
        } finally {
            buffer.flip();
        }
        return true;
    }
}
