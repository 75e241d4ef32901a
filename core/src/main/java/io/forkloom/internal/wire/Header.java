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
    private static final int KINDS = 15;

    /** Puts the header of a frame; the buffer is little-endian and has room. */
    public static void put(Frame frame, int generation, ByteBuffer buffer) {
        var payload = frame.payload();
        var tail = payload.tail();
        buffer.putInt(Math.toIntExact(payload.bytes()))
                .put((byte) kind(frame))
                .put((byte) ((flagged(frame) ? FLAG : 0) | (tail == null ? 0 : tail.kind() << TAIL_SHIFT)))
                .putShort((short) generation);
        switch (frame) {
            case Function(var id, var _) -> buffer.putLong(id).putLong(0);
            case Call(var ticket, var function, var _) -> buffer.putLong(ticket).putLong(function);
            case Answer(var ticket, var _, var nanos, var _) ->
                buffer.putLong(ticket).putLong(nanos);
            case Interrupt(var ticket) -> buffer.putLong(ticket).putLong(0);
            case Leave(var pool) -> buffer.putLong(pool).putLong(0);
            case Fetch(var broadcast) -> buffer.putLong(broadcast).putLong(0);
            case Forget(var broadcast) -> buffer.putLong(broadcast).putLong(0);
            case Hello _, Start _, Ready _, StartFailed _, DumpThreads _, ThreadDump _, Want _, Found _ ->
                buffer.putLong(0).putLong(0);
        }
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
            default -> throw new IllegalStateException("take() refuses kind " + kind);
        };
    }

    private static int kind(Frame frame) {
        return switch (frame) {
            case Hello _ -> 1;
            case Start _ -> 2;
            case Ready _ -> 3;
            case StartFailed _ -> 4;
            case Function _ -> 5;
            case Call _ -> 6;
            case Answer _ -> 7;
            case Interrupt _ -> 8;
            case DumpThreads _ -> 9;
            case ThreadDump _ -> 10;
            case Want _ -> 11;
            case Found _ -> 12;
            case Leave _ -> 13;
            case Fetch _ -> 14;
            case Forget _ -> 15;
        };
    }

    private static boolean flagged(Frame frame) {
        return switch (frame) {
            case Answer(var _, var failed, var _, var _) -> failed;
            case Want(var all, var _) -> all;
            case Found(var refused, var _) -> refused;
            default -> false;
        };
    }
}
