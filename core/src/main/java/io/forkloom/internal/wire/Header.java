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
import io.forkloom.internal.wire.Frame.Rehearse;
import io.forkloom.internal.wire.Frame.Rehearsed;
import io.forkloom.internal.wire.Frame.Start;
import io.forkloom.internal.wire.Frame.StartFailed;
import io.forkloom.internal.wire.Frame.Study;
import io.forkloom.internal.wire.Frame.ThreadDump;
import io.forkloom.internal.wire.Frame.Want;
import java.nio.ByteBuffer;

/**
 * The part of a frame before its payload, little-endian. Where the payload has a {@link Tail}, the header is longer by the
 * number of bytes that stand before it.
 *
 * <pre>
 *  0               4      5       6            8          16         24
 *  | payload bytes | kind | flags | generation | id       | word     | payload ...
 *  | payload bytes | kind | flags | generation | id       | word     | head bytes, 4 | head ... | tail ...
 *
 *  flags, lower half     1, as in the table
 *  flags, upper half     0 no tail, else what its elements are:
 *                        1 byte, 2 short, 3 char, 4 int, 5 long, 6 float, 7 double
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
 * 16 Rehearse    function
 * 17 Rehearsed
 * 18 Study       function
 * </pre>
 *
 * Only 6, 7 and 12 have tails. The generation is that of the worker at the other end: a frame of another one is not for us.
 */
public record Header(int length, int kind, int flags, int generation, long id, long word) {
    public static final int BYTES = 24;

    /** With the number of bytes before a tail. */
    public static final int MOST_BYTES = BYTES + 4;

    private static final int FLAG = 1;
    private static final int TAIL_SHIFT = 4;
    private static final int KINDS = 18;

    /** Puts the header of a frame; the buffer is little-endian and has room. */
    public static void put(Frame frame, int generation, ByteBuffer buffer) {
        var payload = frame.payload();
        var tail = payload.tail();
        buffer.putInt(Math.toIntExact(payload.bytes()))
                .put((byte) frame.kind())
                .put((byte) ((frame.flagged() ? FLAG : 0) | (tail == null ? 0 : tail.kind() << TAIL_SHIFT)))
                .putShort((short) generation)
                .putLong(frame.id())
                .putLong(frame.word());
        if (tail != null) {
            buffer.putInt(payload.head().length);
        }
    }

    /** Whether a little-endian buffer holds a header and its payload. */
    public static boolean isWhole(ByteBuffer buffer) {
        if (buffer.remaining() < BYTES) {
            return false;
        }
        int at = buffer.position();
        boolean tail = buffer.get(at + Integer.BYTES + 1) >>> TAIL_SHIFT != 0;
        return buffer.getInt(at) <= buffer.remaining() - (tail ? MOST_BYTES : BYTES);
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
        boolean mayFlag = kind == 7 || kind == 11 || kind == 12;
        boolean mayTail = kind == 6 || kind == 7 || kind == 12;
        if (kind < 1
                || kind > KINDS
                || (header.flags & 0xF) > (mayFlag ? FLAG : 0)
                || (header.hasTail() && !(mayTail && Tail.isKind(header.tail(), 0)))) {
            throw new ProtocolException("unknown frame: kind " + kind + ", flags " + header.flags);
        }
        return header;
    }

    public boolean isCall() {
        return kind == 6;
    }

    public boolean hasTail() {
        return tail() != 0;
    }

    /** The {@link Tail#kind}; 0 for none. */
    public int tail() {
        return flags >> TAIL_SHIFT;
    }

    /** Takes what stands behind the header of a frame with a tail, and refuses what cannot be. */
    public int takeHeadLength(ByteBuffer buffer) throws ProtocolException {
        int head = buffer.getInt();
        if (head < 0 || head > length || !Tail.isKind(tail(), length - head)) {
            throw new ProtocolException("a payload of " + length + " bytes claims " + Integer.toUnsignedString(head)
                    + " before a tail of kind " + tail());
        }
        return head;
    }

    /** The frame of this header and its payload. */
    public Frame with(Payload whole) {
        byte[] payload = whole.head();
        return switch (kind) {
            case 1 -> new Hello(payload);
            case 2 -> new Start(payload);
            case 3 -> new Ready();
            case 4 -> new StartFailed(payload);
            case 5 -> new Function(id, payload);
            case 6 -> new Call(id, word, whole);
            case 7 -> new Answer(id, (flags & FLAG) != 0, word, whole);
            case 8 -> new Interrupt(id);
            case 9 -> new DumpThreads();
            case 10 -> new ThreadDump(payload);
            case 11 -> new Want(flags == FLAG, payload);
            case 12 -> new Found((flags & FLAG) != 0, whole);
            case 13 -> new Leave(id);
            case 14 -> new Fetch(id);
            case 15 -> new Forget(id);
            case 16 -> new Rehearse(id, whole);
            case 17 -> new Rehearsed(whole);
            case 18 -> new Study(id);
            default -> throw new IllegalStateException("take() refuses kind " + kind);
        };
    }
}
