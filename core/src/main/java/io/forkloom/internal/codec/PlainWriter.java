package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.Tail;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts values that are {@link Plain}; what they are is checked before. */
final class PlainWriter {
    private final byte[] bytes;
    private final ByteBuffer buffer;
    /** By reference; only its tag is put. */
    private final @Nullable Tail tail;

    /**
     * Makes room for everything.
     *
     * @param what what the values are for the user, where they are too large: "the arguments of Pages::parse"
     * @param head bytes of what else is put
     */
    PlainWriter(Supplier<String> what, long head, @Nullable Object... values) throws CodecException {
        long room = head;
        for (Object each : values) {
            room += Plain.room(each);
        }
        int checked = Plain.checked(what, room);
        tail = Plain.tail(values);
        bytes = new byte[tail == null ? checked : checked - tail.bytes()];
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    PlainWriter put(byte[] head) {
        buffer.put(head);
        return this;
    }

    PlainWriter put(int one) {
        buffer.put((byte) one);
        return this;
    }

    /** One of those that room was made for. */
    @SuppressWarnings("ReferenceEquality") // it is that array, or another one
    PlainWriter value(@Nullable Object value) {
        return tail != null && tail.array() == value ? put(Plain.TAIL) : inside(value);
    }

    private PlainWriter inside(@Nullable Object value) {
        if (Plain.isFixed(value)) {
            fixed(value);
            return this;
        }
        switch (value) {
            case boolean[] array -> booleans(array);
            case byte[] array -> head(Plain.BYTES, array.length).put(array);
            case short[] array ->
                skip(head(Plain.SHORTS, array.length).asShortBuffer().put(array).position() * 2);
            case char[] array ->
                skip(head(Plain.CHARS, array.length).asCharBuffer().put(array).position() * 2);
            case int[] array ->
                skip(head(Plain.INTS, array.length).asIntBuffer().put(array).position() * 4);
            case long[] array ->
                skip(head(Plain.LONGS, array.length).asLongBuffer().put(array).position() * 8);
            case float[] array ->
                skip(head(Plain.FLOATS, array.length).asFloatBuffer().put(array).position() * 4);
            case double[] array ->
                skip(head(Plain.DOUBLES, array.length)
                                .asDoubleBuffer()
                                .put(array)
                                .position()
                        * 8);
            case String[] array -> objects(Plain.STRINGS, array);
            case Object[] array -> {
                int box = Plain.boxOf(array);
                if (box == Plain.NULL) {
                    objects(Plain.OBJECTS, array);
                } else {
                    boxes(box, array);
                }
            }
            case null, default -> throw new IllegalArgumentException("not plain: " + value);
        }
        return this;
    }

    /** No switch over types: the first one costs a JVM 10 ms, and many a worker's first result is a number. */
    private void fixed(@Nullable Object value) {
        if (value == null) {
            put(Plain.NULL);
        } else if (value instanceof Boolean bit) {
            put(bit ? Plain.TRUE : Plain.FALSE);
        } else if (value instanceof String string) {
            string(string);
        } else {
            put(Plain.box(value.getClass()));
            primitive(value);
        }
    }

    /** All that was put; the writer is of no use any more. */
    Payload done() {
        return new Payload(buffer.position() == bytes.length ? bytes : Arrays.copyOf(bytes, buffer.position()), tail);
    }

    private ByteBuffer head(int tag, int length) {
        return buffer.put((byte) tag).putInt(length);
    }

    private void skip(int written) {
        buffer.position(buffer.position() + written);
    }

    private void string(String string) {
        int length = string.length();
        int start = head(Plain.ASCII, length).position();
        for (int i = 0; i < length; i++) {
            char c = string.charAt(i);
            if (c > 0x7F) {
                wide(string, start);
                return;
            }
            bytes[start + i] = (byte) c;
        }
        buffer.position(start + length);
    }

    /** Char by char: a charset would replace halves of pairs, which a string may hold. */
    private void wide(String string, int start) {
        buffer.put(start - 5, (byte) Plain.STRING);
        buffer.position(start);
        for (int i = 0; i < string.length(); i++) {
            buffer.putChar(string.charAt(i));
        }
    }

    private void booleans(boolean[] array) {
        head(Plain.BOOLEANS, array.length);
        for (boolean each : array) {
            buffer.put((byte) (each ? 1 : 0));
        }
    }

    private void objects(int tag, @Nullable Object[] array) {
        head(tag, array.length);
        for (Object each : array) {
            inside(each);
        }
    }

    private void boxes(int box, @Nullable Object[] array) {
        head(Plain.BOXES, array.length).put((byte) box);
        for (Object each : array) {
            primitive(each);
        }
    }

    private void primitive(@Nullable Object value) {
        if (value instanceof Integer number) {
            buffer.putInt(number);
        } else if (value instanceof Long number) {
            buffer.putLong(number);
        } else if (value instanceof Double number) {
            buffer.putLong(Double.doubleToRawLongBits(number));
        } else if (value instanceof Float number) {
            buffer.putInt(Float.floatToRawIntBits(number));
        } else if (value instanceof Byte number) {
            buffer.put(number);
        } else if (value instanceof Short number) {
            buffer.putShort(number);
        } else if (value instanceof Character character) {
            buffer.putChar(character);
        } else {
            throw new IllegalArgumentException("no box: " + value);
        }
    }
}
