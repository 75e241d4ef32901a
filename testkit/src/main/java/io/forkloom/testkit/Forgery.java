package io.forkloom.testkit;

import io.forkloom.TaskContext;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Tasks that write into the link of their own worker, behind its back, as native code with a stray descriptor could:
 * what they write is there before the worker's own answer.
 */
public final class Forgery {
    /** See docs/wire-protocol.md, where the numbers are drawn. */
    private static final int HEADER_BYTES = 24;

    private static final int ANSWER = 7;

    /** A size that no buffer has by itself. */
    private static final int MARK = 98_765;

    private Forgery() {}

    /**
     * A frame, or what looks like one.
     *
     * @param length what the header claims
     * @param later added to the generation of the worker
     */
    public record Frame(int length, int kind, int flags, int later, long ticket, byte[] payload)
            implements Serializable {

        /** An answer as it should be. */
        public static Frame answer(long ticket, byte... payload) {
            return new Frame(payload.length, ANSWER, 0, 0, ticket, payload);
        }

        /** An answer that says that the task threw. */
        public static Frame failure(long ticket, byte... payload) {
            return new Frame(payload.length, ANSWER, 1, 0, ticket, payload);
        }

        /** A header, and nothing behind it. */
        public static Frame header(int length, int kind, int flags, int later) {
            return new Frame(length, kind, flags, later, 1, new byte[0]);
        }

        /** The first bytes of an answer. */
        public static Frame begun(int length, int bytes) {
            return new Frame(length, ANSWER, 0, 0, 1, new byte[bytes]);
        }

        private byte[] bytes(int generation) {
            return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .put((byte) kind)
                    .put((byte) flags)
                    .putShort((short) (generation + later))
                    .putLong(ticket)
                    .putLong(1)
                    .put(payload)
                    .array();
        }
    }

    public static String send(Frame frame) {
        return sendAll(List.of(frame));
    }

    public static String sendAll(List<Frame> frames) {
        int generation = TaskContext.current().worker().generation();
        for (var frame : frames) {
            Native.write(link(), frame.bytes(generation));
        }
        return "sent";
    }

    /** Then waits to be killed. A task that returns has an end of its own, which counts, whatever its worker did. */
    public static String sendAndStay(Frame frame) {
        send(frame);
        while (true) {
            LockSupport.park();
        }
    }

    public static String sendAndDie(Frame frame) {
        send(frame);
        return Faults.raise(9);
    }

    /** Bytes that are no frame at all; then the process is killed. */
    public static String scribbleAndDie(byte[] bytes) {
        Native.write(link(), bytes);
        return Faults.raise(9);
    }

    /** The descriptor on which this worker answers. */
    private static int link() {
        return descriptor("up");
    }

    /** The descriptor from which this worker reads its calls. */
    public static int wayIn() {
        return descriptor("in");
    }

    /** The two are alike to the kernel, and in no order: so the one that is meant is marked, where it does nothing. */
    private static int descriptor(String end) {
        try {
            var ends = field(field(field(Thread.currentThread(), "work"), "link"), "ends");
            ((SocketChannel) field(ends, end)).setOption(StandardSocketOptions.SO_RCVBUF, MARK);
            return Native.withReceiveBuffer(2 * MARK); // Linux doubles it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not on the thread of a worker, or its classes have changed", e);
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        var field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return Objects.requireNonNull(field.get(of));
    }
}
