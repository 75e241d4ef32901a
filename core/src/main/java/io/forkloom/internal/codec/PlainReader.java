package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.Tail;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes what {@link PlainWriter} put; bytes that cannot be that are refused, and never believed about sizes. */
final class PlainReader {
    /** As deep as a writer goes: an array of values in an array of values. */
    private static final int DEEPEST = 2;

    private final byte[] bytes;
    private final ByteBuffer buffer;

    private @Nullable Tail tail;

    PlainReader(Payload payload, int from) {
        this.tail = payload.tail();
        this.bytes = payload.head();
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
    }

    /** @param what what the value is for the user: "argument 1 of Pages::parse" */
    @Nullable
    Object value(String what) throws CodecException {
        if (!buffer.hasRemaining()) {
            throw refused(what, "there is nothing more");
        }
        return value(what, 0);
    }

    private @Nullable Object value(String what, int depth) throws CodecException {
        int tag = need(what, 1).get();
        return switch (tag) {
            case Plain.NULL -> null;
            case Plain.FALSE -> false;
            case Plain.TRUE -> true;
            case Plain.BYTE, Plain.SHORT, Plain.CHAR, Plain.INT, Plain.LONG, Plain.FLOAT, Plain.DOUBLE ->
                primitive(need(what, Plain.width(tag)), tag);
            case Plain.ASCII, Plain.STRING -> string(what, tag);
            case Plain.STRINGS -> strings(what, depth);
            case Plain.OBJECTS -> objects(what, depth);
            case Plain.BOXES -> boxes(what);
            case Plain.TAIL -> tail(what);
            default -> array(what, tag);
        };
    }

    /** The array itself, and so only once. */
    private Object tail(String what) throws CodecException {
        var only = tail;
        if (only == null) {
            throw refused(what, "its array is not there");
        }
        tail = null;
        return only.array();
    }

    private String string(String what, int tag) throws CodecException {
        int width = tag == Plain.ASCII ? 1 : 2;
        int length = length(what, width);
        int start = buffer.position();
        buffer.position(start + width * length);
        if (tag == Plain.ASCII) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        var chars = new char[length];
        buffer.slice(start, 2 * length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .get(chars);
        return new String(chars);
    }

    private Object array(String what, int tag) throws CodecException {
        return switch (tag) {
            case Plain.BOOLEANS -> {
                var array = new boolean[length(what, 1)];
                for (int i = 0; i < array.length; i++) {
                    array[i] = buffer.get() != 0;
                }
                yield array;
            }
            case Plain.BYTES -> {
                var array = new byte[length(what, 1)];
                buffer.get(array);
                yield array;
            }
            case Plain.SHORTS -> {
                var array = new short[length(what, 2)];
                skip(2 * buffer.asShortBuffer().get(array).position());
                yield array;
            }
            case Plain.CHARS -> {
                var array = new char[length(what, 2)];
                skip(2 * buffer.asCharBuffer().get(array).position());
                yield array;
            }
            case Plain.INTS -> {
                var array = new int[length(what, 4)];
                skip(4 * buffer.asIntBuffer().get(array).position());
                yield array;
            }
            case Plain.LONGS -> {
                var array = new long[length(what, 8)];
                skip(8 * buffer.asLongBuffer().get(array).position());
                yield array;
            }
            case Plain.FLOATS -> {
                var array = new float[length(what, 4)];
                skip(4 * buffer.asFloatBuffer().get(array).position());
                yield array;
            }
            case Plain.DOUBLES -> {
                var array = new double[length(what, 8)];
                skip(8 * buffer.asDoubleBuffer().get(array).position());
                yield array;
            }
            default -> throw refused(what, "a value of the unknown kind " + tag);
        };
    }

    private @Nullable String[] strings(String what, int depth) throws CodecException {
        var array = new @Nullable String[length(what, 1)];
        for (int i = 0; i < array.length; i++) {
            if (deeper(what, depth) instanceof String string) {
                array[i] = string;
            }
        }
        return array;
    }

    private @Nullable Object[] objects(String what, int depth) throws CodecException {
        var array = new @Nullable Object[length(what, 1)];
        for (int i = 0; i < array.length; i++) {
            array[i] = deeper(what, depth);
        }
        return array;
    }

    private @Nullable Object deeper(String what, int depth) throws CodecException {
        if (depth == DEEPEST) {
            throw refused(what, "it is nested too deeply");
        }
        return value(what, depth + 1);
    }

    private Object[] boxes(String what) throws CodecException {
        int length = need(what, 5).getInt();
        int tag = buffer.get();
        if (tag < Plain.BYTE || tag > Plain.DOUBLE) {
            throw refused(what, "an array of the unknown kind " + tag);
        }
        var array = new Object[checked(what, length, Plain.width(tag))];
        for (int i = 0; i < length; i++) {
            array[i] = primitive(buffer, tag);
        }
        return array;
    }

    private static Object primitive(ByteBuffer from, int tag) {
        return switch (tag) {
            case Plain.BYTE -> from.get();
            case Plain.SHORT -> from.getShort();
            case Plain.CHAR -> from.getChar();
            case Plain.INT -> from.getInt();
            case Plain.LONG -> from.getLong();
            case Plain.FLOAT -> Float.intBitsToFloat(from.getInt());
            default -> Double.longBitsToDouble(from.getLong());
        };
    }

    private int length(String what, int width) throws CodecException {
        return checked(what, need(what, 4).getInt(), width);
    }

    /** A length of elements that are there. */
    private int checked(String what, int length, int width) throws CodecException {
        if (length < 0 || (long) length * width > buffer.remaining()) {
            throw refused(what, length + " elements of " + width + " bytes in " + buffer.remaining());
        }
        return length;
    }

    private ByteBuffer need(String what, int count) throws CodecException {
        if (buffer.remaining() < count) {
            throw refused(what, "it ends too early");
        }
        return buffer;
    }

    private void skip(int read) {
        buffer.position(buffer.position() + read);
    }

    private static CodecException refused(String what, String why) {
        return new CodecException(what + " cannot be read: " + why, null);
    }
}
