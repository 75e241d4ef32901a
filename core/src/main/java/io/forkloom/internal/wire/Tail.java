package io.forkloom.internal.wire;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A large array of primitives behind the head of a {@link Payload}. It crosses as it stands in memory, from the array that
 * somebody has to the one that is handed out, in pieces and never copied as a whole. Both ends are on one machine, so the
 * bytes of an element stand in the order of that. Who has a tail shares the array with whoever made it.
 */
public final class Tail {
    /** In bytes. What is smaller is copied with the rest, which is quicker for one that is very small. */
    public static final int LEAST = 8 * 1024;

    /** The kind of an array of bytes. */
    public static final int BYTE = 1;

    /** Bytes of an element, by the kind. 0 stands for none, and boolean, which has no form of its own, for nothing. */
    private static final int[] WIDTHS = {0, 1, 2, 2, 4, 8, 4, 8};

    private final Object array;
    private final int kind;
    private final int bytes;

    private Tail(Object array, int kind, int length) {
        this.array = array;
        this.kind = kind;
        this.bytes = Math.multiplyExact(length, WIDTHS[kind]);
    }

    /** Whether a value can cross so, and it is worth it. */
    public static boolean suits(@Nullable Object value) {
        if (value == null || !value.getClass().isArray()) {
            return false; // the first switch over types costs a JVM 10 ms, which most starts need not spend
        }
        return switch (value) {
            case byte[] array -> fits(array.length, 1);
            case short[] array -> fits(array.length, 2);
            case char[] array -> fits(array.length, 2);
            case int[] array -> fits(array.length, 4);
            case long[] array -> fits(array.length, 8);
            case float[] array -> fits(array.length, 4);
            case double[] array -> fits(array.length, 8);
            default -> false;
        };
    }

    private static boolean fits(int length, int width) {
        long bytes = (long) length * width;
        return bytes >= LEAST && bytes <= Integer.MAX_VALUE;
    }

    /** Of an array that {@link #suits}; its length and all that it holds stay the giver's. */
    public static Tail of(Object array) {
        return switch (array) {
            case byte[] of -> new Tail(of, BYTE, of.length);
            case short[] of -> new Tail(of, 2, of.length);
            case char[] of -> new Tail(of, 3, of.length);
            case int[] of -> new Tail(of, 4, of.length);
            case long[] of -> new Tail(of, 5, of.length);
            case float[] of -> new Tail(of, 6, of.length);
            case double[] of -> new Tail(of, 7, of.length);
            default -> throw new IllegalArgumentException("no array of primitives: " + array.getClass());
        };
    }

    /** A new array, to be filled. */
    public static Tail empty(int kind, int bytes) {
        int length = bytes / WIDTHS[kind];
        return new Tail(
                switch (kind) {
                    case BYTE -> new byte[length];
                    case 2 -> new short[length];
                    case 3 -> new char[length];
                    case 4 -> new int[length];
                    case 5 -> new long[length];
                    case 6 -> new float[length];
                    default -> new double[length];
                },
                kind,
                length);
    }

    /** Whether there is such a kind, and so many bytes can be one. */
    static boolean isKind(int kind, int bytes) {
        return kind >= BYTE && kind < WIDTHS.length && bytes % WIDTHS[kind] == 0;
    }

    public Object array() {
        return array;
    }

    /** What stands for the type of the elements on the wire. */
    public int kind() {
        return kind;
    }

    public int bytes() {
        return bytes;
    }

    /** Copies from this byte on as much as there is room for; tells how much. */
    public int put(int from, ByteBuffer to) {
        int count = Math.min(bytes - from, to.remaining());
        if (array instanceof byte[] of) {
            to.put(of, from, count);
        } else {
            MemorySegment.copy(segment(), from, MemorySegment.ofBuffer(to), 0, count);
            to.position(to.position() + count);
        }
        return count;
    }

    /** Fills the array from this byte on with as much as is there; tells how much. */
    public int take(ByteBuffer from, int at) {
        int count = Math.min(bytes - at, from.remaining());
        if (array instanceof byte[] of) {
            from.get(of, at, count);
        } else {
            MemorySegment.copy(MemorySegment.ofBuffer(from), 0, segment(), at, count);
            from.position(from.position() + count);
        }
        return count;
    }

    /** The same in a longer array. */
    public Tail grown(int newBytes) {
        var larger = empty(kind, newBytes);
        MemorySegment.copy(segment(), 0, larger.segment(), 0, bytes);
        return larger;
    }

    /** The same in an array that nobody else has. */
    public Tail copy() {
        return of(
                switch (array) {
                    case byte[] of -> of.clone();
                    case short[] of -> of.clone();
                    case char[] of -> of.clone();
                    case int[] of -> of.clone();
                    case long[] of -> of.clone();
                    case float[] of -> of.clone();
                    default -> ((double[]) array).clone();
                });
    }

    private MemorySegment segment() {
        return switch (array) {
            case byte[] of -> MemorySegment.ofArray(of);
            case short[] of -> MemorySegment.ofArray(of);
            case char[] of -> MemorySegment.ofArray(of);
            case int[] of -> MemorySegment.ofArray(of);
            case long[] of -> MemorySegment.ofArray(of);
            case float[] of -> MemorySegment.ofArray(of);
            default -> MemorySegment.ofArray((double[]) array);
        };
    }
}
