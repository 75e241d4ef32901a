package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Tail;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values that cross without a java.io stream, which costs a hundred times as much for a small one: null, primitives
 * in their boxes, strings, arrays of primitives, arrays of strings, and an {@code Object[]} of those that cannot be
 * changed. A value is a tag and a body, little-endian:
 *
 * <pre>
 *   0 null      1 false     2 true
 *   3 Byte      4 Short     5 Character  6 Integer  7 Long     8 Float    9 Double      | the primitive |
 *  10 String of ASCII                                                      | length, 4 | bytes |
 *  11 String                                                               | length, 4 | chars |
 *  12 boolean[] 13 byte[] 14 short[] 15 char[] 16 int[] 17 long[] 18 float[] 19 double[]   | length, 4 | elements |
 *  20 String[]  21 Object[]                                                | length, 4 | values |
 *  22 Object[] of one kind of box                                          | length, 4 | tag | primitives |
 *  23 the array that is the payload's {@link Tail}
 * </pre>
 *
 * What can be changed must arrive as one object where it was one: {@link #areOnesOwn} says whether that can matter.
 */
final class Plain {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int BYTE = 3;
    static final int SHORT = 4;
    static final int CHAR = 5;
    static final int INT = 6;
    static final int LONG = 7;
    static final int FLOAT = 8;
    static final int DOUBLE = 9;
    static final int ASCII = 10;
    static final int STRING = 11;
    static final int BOOLEANS = 12;
    static final int BYTES = 13;
    static final int SHORTS = 14;
    static final int CHARS = 15;
    static final int INTS = 16;
    static final int LONGS = 17;
    static final int FLOATS = 18;
    static final int DOUBLES = 19;
    static final int STRINGS = 20;
    static final int OBJECTS = 21;
    static final int BOXES = 22;
    static final int TAIL = 23;

    /** So many can be compared with each other. */
    private static final int SHORT_ARRAY = 16;

    /** Of a Java array. */
    private static final int LARGEST = Integer.MAX_VALUE - 64;

    /** Bytes of a primitive, by the tag of its box. */
    private static final int[] WIDTHS = {0, 0, 0, 1, 2, 2, 4, 8, 4, 8};

    private Plain() {}

    /** Whether the value is one of those. */
    static boolean is(@Nullable Object value) {
        if (value instanceof Object[] objects) {
            return value instanceof String[] || (objects.getClass() == Object[].class && areFixed(objects));
        }
        return isFixed(value) || isPrimitives(value);
    }

    /** As {@link #is}, for arguments of a map: each of them is on its own, so they may be arrays as well. */
    static boolean isChunk(@Nullable Object value) {
        if (!(value instanceof Object[] objects) || objects.getClass() != Object[].class) {
            return false;
        }
        for (Object each : objects) {
            if (!isFixed(each) && !isPrimitives(each)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #is}, for a result, which is on its own: a short {@code Object[]} may hold arrays as well, each of them once. */
    static boolean isResult(@Nullable Object value) {
        if (is(value)) {
            return true;
        }
        if (!(value instanceof Object[] parts) || parts.getClass() != Object[].class || parts.length > SHORT_ARRAY) {
            return false;
        }
        for (Object each : parts) {
            if (!isFixed(each) && !isPrimitives(each) && !(each instanceof String[])) {
                return false;
            }
        }
        return areOnesOwn(parts);
    }

    /** Whether nothing that can be changed stands there twice. */
    @SuppressWarnings("ReferenceEquality") // that is the question
    static boolean areOnesOwn(@Nullable Object[] values) {
        for (int i = 1; i < values.length; i++) {
            for (int j = 0; j < i; j++) {
                if (values[i] == values[j] && !isFixed(values[i])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The largest of those that can be; null where none can. */
    static @Nullable Tail tail(@Nullable Object... values) {
        Tail largest = null;
        for (Object each : values) {
            if (each != null && Tail.suits(each)) {
                var tail = Tail.of(each);
                largest = largest == null || largest.bytes() < tail.bytes() ? tail : largest;
            }
        }
        return largest;
    }

    /** Bytes that the value takes at the most; exactly, where it is an array of primitives. */
    static long room(@Nullable Object value) {
        if (isFixed(value)) { // without the switch, as in PlainWriter
            return value == null ? 1 : value instanceof String string ? 5 + 2L * string.length() : 9;
        }
        return switch (value) {
            case boolean[] array -> 5 + array.length;
            case byte[] array -> 5 + array.length;
            case short[] array -> 5 + 2L * array.length;
            case char[] array -> 5 + 2L * array.length;
            case int[] array -> 5 + 4L * array.length;
            case long[] array -> 5 + 8L * array.length;
            case float[] array -> 5 + 4L * array.length;
            case double[] array -> 5 + 8L * array.length;
            case Object[] array -> room(array);
            case null, default -> 9;
        };
    }

    /** Room that an array can have. */
    static int checked(Supplier<String> what, long room) throws CodecException {
        if (room > LARGEST) {
            throw new CodecException(
                    what.get() + " have " + room
                            + " bytes, and a message has 2 GiB at the most: pass a path or an index",
                    null);
        }
        return (int) room;
    }

    private static long room(@Nullable Object[] array) {
        int box = boxOf(array);
        if (box != NULL) {
            return 6 + (long) WIDTHS[box] * array.length;
        }
        long sum = 5;
        for (Object each : array) {
            sum += room(each);
        }
        return sum;
    }

    /** The tag that all elements have, where that is one of a number or character; else that of null. */
    static int boxOf(@Nullable Object[] array) {
        if (array.length == 0 || array[0] == null) {
            return NULL;
        }
        var type = array[0].getClass();
        int tag = box(type);
        for (int i = 1; i < array.length && tag != NULL; i++) {
            Object each = array[i];
            if (each == null || each.getClass() != type) {
                return NULL;
            }
        }
        return tag;
    }

    static int width(int box) {
        return WIDTHS[box];
    }

    /** The tag of a box; that of null where it is none. */
    static int box(Class<?> type) {
        return type == Integer.class
                ? INT
                : type == Long.class
                        ? LONG
                        : type == Double.class
                                ? DOUBLE
                                : type == Float.class
                                        ? FLOAT
                                        : type == Byte.class
                                                ? BYTE
                                                : type == Short.class ? SHORT : type == Character.class ? CHAR : NULL;
    }

    /** Whether none of them can be changed. */
    static boolean areFixed(@Nullable Object[] objects) {
        for (Object each : objects) {
            if (!isFixed(each)) {
                return false;
            }
        }
        return true;
    }

    /** It cannot be changed, and nobody can tell a copy from it by what it holds. */
    static boolean isFixed(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Boolean || box(value.getClass()) != NULL;
    }

    private static boolean isPrimitives(@Nullable Object value) {
        return value != null
                && value.getClass().isArray()
                && value.getClass().getComponentType().isPrimitive();
    }
}
