package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import io.forkloom.internal.wire.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Takes frames off a channel in blocking mode; for one thread. */
public final class FrameReader {
    /** Room for many small frames in one read; larger payloads are read straight into their array, in pieces. */
    private static final int BUFFER = 64 * 1024;

    /** So much is believed of an announced size; beyond it, memory is taken as the bytes arrive. */
    private static final int BELIEVED = 64 * 1024 * 1024;

    private final ReadableByteChannel channel;
    private final int generation;
    private final int limit;
    private final Runnable beforeWaiting;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();

    /** @param limit bytes that a payload may have at the most */
    public FrameReader(ReadableByteChannel channel, int generation, int limit) {
        this(channel, generation, limit, () -> {});
    }

    /** @param beforeWaiting done each time before the channel is read, which may wait */
    FrameReader(ReadableByteChannel channel, int generation, int limit, Runnable beforeWaiting) {
        this.channel = channel;
        this.generation = generation;
        this.limit = limit;
        this.beforeWaiting = beforeWaiting;
    }

    /** Whether the next frame is here as a whole, and will be read without waiting. */
    boolean hasNext() {
        return Header.isWhole(buffer);
    }

    /** Waits for the next frame; null at the end of the stream. A stream that ends within a frame is an error. */
    public @Nullable Frame read() throws IOException {
        return read(ticket -> true);
    }

    /**
     * As {@link #read()}, but passes over calls that are not claimed. A call is claimed when its header is there and
     * nothing was allocated for it: one that is too large for the memory is to be seen as started.
     */
    @Nullable
    Frame read(LongPredicate claim) throws IOException {
        while (fill(Header.BYTES)) {
            var header = Header.take(buffer, limit);
            if (header.generation() != generation) {
                throw new ProtocolException(
                        "a frame of generation " + header.generation() + " on a link of generation " + generation);
            }
            if (!header.isCall() || claim.test(header.id())) {
                return header.with(payload(header.length()));
            }
            skip(header.length());
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

    private byte[] payload(int length) throws IOException {
        if (length == 0) {
            return Frame.EMPTY;
        }
        var bytes = new byte[Math.min(length, BELIEVED)];
        for (int at = 0; at < length; ) {
            if (at == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * at));
            }
            if (!buffer.hasRemaining() && !fill(1)) {
                throw new EOFException("the link ended after " + at + " of " + length + " bytes of a payload");
            }
            int part = Math.min(buffer.remaining(), bytes.length - at);
            buffer.get(bytes, at, part);
            at += part;
        }
        return bytes;
    }

    /** Makes at least this many bytes available; false where the stream ends before the first of them. */
    private boolean fill(int wanted) throws IOException {
        if (buffer.remaining() >= wanted) {
            return true;
        }
        beforeWaiting.run();
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
