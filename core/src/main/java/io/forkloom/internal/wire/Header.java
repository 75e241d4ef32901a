package io.forkloom.internal.wire;

import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Call;
import io.forkloom.internal.wire.Frame.DumpThreads;
import io.forkloom.internal.wire.Frame.Fetch;
import io.forkloom.internal.wire.Frame.Forget;
import io.forkloom.internal.wire.Frame.Found;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Hello;
import io.forkloom.internal.wire.Frame.Interrupt;
import io.forkloom.internal.wire.Frame.Leave;
import io.forkloom.internal.wire.Frame.Ready;
import io.forkloom.internal.wire.Frame.Start;
import io.forkloom.internal.wire.Frame.StartFailed;
import io.forkloom.internal.wire.Frame.ThreadDump;
import io.forkloom.internal.wire.Frame.Want;
import java.nio.ByteBuffer;

/**
 * The fixed part of a frame, little-endian; the payload follows.
 *
 * <pre>
 *  0               4      5       6            8          16         24
 *  | payload bytes | kind | flags | generation | id       | word     | payload ...
 *
 *  kind           id         word              flags
 *  1 Hello
 *  2 Start
 *  3 Ready
 *  4 StartFailed
 *  5 Function     function
 *  6 Call         ticket     function
 *  7 Answer       ticket     run time in ns    1 = failed
 *  8 Interrupt    ticket
 *  9 DumpThreads
 * 10 ThreadDump
 * 11 Want                                       1 = all
 * 12 Found                                      1 = refused
 * 13 Leave       pid of the pool
 * 14 Fetch       broadcast
 * 15 Forget      broadcast
 * </pre>
 *
 * The generation is that of the worker at the other end: a frame of another one is not for us.
 */
public record Header(int length, int kind, int flags, int generation, long id, long word) {
    public static final int BYTES = 24;
    private static final int FLAG = 1;
    private static final int KINDS = 15;

    /** Puts the header of a frame; the buffer is little-endian and has room. */
    public static void put(Frame frame, int generation, ByteBuffer buffer) {
        buffer.putInt(frame.payload().length)
                .put((byte) frame.kind())
                .put((byte) (frame.flagged() ? FLAG : 0))
                .putShort((short) generation)
                .putLong(frame.id())
                .putLong(frame.word());
    }

    /** Takes a header from a little-endian buffer that holds one, and refuses what cannot be one. */
    public static Header take(ByteBuffer buffer, int limit) throws ProtocolException {
        int length = buffer.getInt();
        int kind = Byte.toUnsignedInt(buffer.get());
        var header = new Header(
                length,
                kind,
                Byte.toUnsignedInt(buffer.get()),
                Short.toUnsignedInt(buffer.getShort()),
                buffer.getLong(),
                buffer.getLong());
        if (length < 0 || length > limit) {
            throw new ProtocolException("a frame of kind " + kind + " claims " + Integer.toUnsignedString(length)
                    + " bytes; the limit is " + limit);
        }
        if (kind < 1 || kind > KINDS || header.flags > (kind == 7 || kind == 11 || kind == 12 ? FLAG : 0)) {
            throw new ProtocolException("unknown frame: kind " + kind + ", flags " + header.flags);
        }
        return header;
    }

    public boolean isCall() {
        return kind == 6;
    }

    /** The frame of this header and its payload. */
    public Frame with(byte[] payload) {
        return switch (kind) {
            case 1 -> new Hello(payload);
            case 2 -> new Start(payload);
            case 3 -> new Ready();
            case 4 -> new StartFailed(payload);
            case 5 -> new Function(id, payload);
            case 6 -> new Call(id, word, payload);
            case 7 -> new Answer(id, flags == FLAG, word, payload);
            case 8 -> new Interrupt(id);
            case 9 -> new DumpThreads();
            case 10 -> new ThreadDump(payload);
            case 11 -> new Want(flags == FLAG, payload);
            case 12 -> new Found(flags == FLAG, payload);
            case 13 -> new Leave(id);
            case 14 -> new Fetch(id);
            case 15 -> new Forget(id);
            default -> throw new IllegalStateException("take() refuses kind " + kind);
        };
    }
}
