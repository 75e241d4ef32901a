package io.forkloom.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is told on its standard input before anything else; nothing of it is visible in its command line.
 *
 * @param socket path to connect to, twice: first the connection that the worker reads, then the one it writes
 * @param ledger path of the file to map
 * @param cookie marks the worker and its children in their environment
 * @param messageLimit bytes that one payload may have
 * @param accepted class name patterns of the serialisation filter; empty for the default filter
 * @param function definition of the initialiser; empty for none
 * @param initializer its payload
 */
public record Bootstrap(
        String socket,
        String ledger,
        byte[] secret,
        String cookie,
        int slot,
        int generation,
        int messageLimit,
        String accepted,
        byte[] function,
        Payload initializer) {

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeUTF(socket);
            out.writeUTF(ledger);
            write(out, secret);
            out.writeUTF(cookie);
            out.writeInt(slot);
            out.writeInt(generation);
            out.writeInt(messageLimit);
            out.writeUTF(accepted);
            write(out, function);
            write(out, initializer.head());
            writeTail(out, initializer.tail());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static Bootstrap of(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Bootstrap(
                    in.readUTF(),
                    in.readUTF(),
                    read(in),
                    in.readUTF(),
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    in.readUTF(),
                    read(in),
                    new Payload(read(in), readTail(in)));
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void writeTail(DataOutputStream out, @Nullable Tail tail) throws IOException {
        out.writeByte(tail == null ? 0 : tail.kind());
        if (tail != null) {
            var bytes = new byte[tail.bytes()];
            tail.put(0, ByteBuffer.wrap(bytes));
            write(out, bytes);
        }
    }

    private static @Nullable Tail readTail(DataInputStream in) throws IOException {
        int kind = in.readByte();
        if (kind == 0) {
            return null;
        }
        byte[] bytes = read(in);
        if (!Tail.isKind(kind, bytes.length)) {
            throw new ProtocolException("a bootstrap has a tail of kind " + kind + " with " + bytes.length + " bytes");
        }
        var tail = Tail.empty(kind, bytes.length);
        tail.take(ByteBuffer.wrap(bytes), 0);
        return tail;
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new ProtocolException(
                    "a bootstrap field claims " + length + " bytes, " + in.available() + " are left");
        }
        return in.readNBytes(length);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Bootstrap[" + slot + "." + generation + " at " + socket + "]";
    }
}
