package io.forkloom.internal.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts values that are {@link Plain}; what they are is checked, and their room is made, before. */
final class PlainWriter {
    private final byte[] bytes;
    private final ByteBuffer buffer;

    /** @param room in bytes, for everything */
    PlainWriter(int room) {
        bytes = new byte[room];
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

    PlainWriter value(@Nullable Object value) {
        switch (value) {
            case null -> put(Plain.NULL);
            case Boolean bit -> put(bit ? Plain.TRUE : Plain.FALSE);
            case String string -> string(string);
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
            default -> {
                put(Plain.box(value.getClass()));
                primitive(value);
            }
        }
        return this;
    }

    /** All that was put; the writer is of no use any more. */
    byte[] done() {
        return buffer.position() == bytes.length ? bytes : Arrays.copyOf(bytes, buffer.position());
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
            value(each);
        }
    }

    private void boxes(int box, @Nullable Object[] array) {
        head(Plain.BOXES, array.length).put((byte) box);
        for (Object each : array) {
            primitive(each);
        }
    }

    private void primitive(@Nullable Object value) {
        switch (value) {
            case Integer number -> buffer.putInt(number);
            case Long number -> buffer.putLong(number);
            case Double number -> buffer.putLong(Double.doubleToRawLongBits(number));
            case Float number -> buffer.putInt(Float.floatToRawIntBits(number));
            case Byte number -> buffer.put(number);
            case Short number -> buffer.putShort(number);
            case Character character -> buffer.putChar(character);
            case null, default -> throw new IllegalArgumentException("no box: " + value);
        }
    }
}
