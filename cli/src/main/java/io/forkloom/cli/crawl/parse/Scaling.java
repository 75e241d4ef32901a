package io.forkloom.cli.crawl.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Another size for an image, by weighted means: each new pixel is the mean of those old ones that lie around its place, the
 * nearer the more (a triangle as wide as two new pixels). Rows first, which leaves fewer rows for the other direction.
 *
 * <p>A weight has eight bits, and all weights of a place add up to 256. So a weighed sum of bytes fits into 16 bits, and one
 * multiplication of a long weighs four bytes at once:
 *
 * <pre>
 *   | b7 b6 b5 b4 b3 b2 b1 b0 |   eight bytes as they stand in memory
 *   | 0  b6  0 b4  0 b2  0 b0 | * weight, and | 0 b7 0 b5 0 b3 0 b1 | * weight
 * </pre>
 */
final class Scaling {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int ONE = 256;
    private static final long LANES = 0x00ff_00ff_00ff_00ffL;
    private static final long HALVES = 0x0080_0080_0080_0080L;
    private static final int PAIR = 0x00ff_00ff;
    private static final int HALF_PAIR = 0x0080_0080;

    private Scaling() {}

    /** Which old places make a new one, and by how much: weights add up to {@link #ONE}. */
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    private record Taps(int[] first, int[][] weights) {
        static Taps of(int from, int to) {
            var taps = new Taps(new int[to], new int[to][]);
            double factor = (double) from / to;
            // A larger copy lies between two old pixels; for a smaller one all of them count.
            double reach = Math.max(factor, 1);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * factor;
                int begin = Math.max(0, (int) Math.floor(centre - reach));
                int end = Math.min(from, (int) Math.ceil(centre + reach));
                var shares = new double[end - begin];
                double sum = 0;
                for (int k = begin; k < end; k++) {
                    shares[k - begin] = Math.max(0, 1 - Math.abs(k + 0.5 - centre) / reach);
                    sum += shares[k - begin];
                }
                taps.first[i] = begin;
                taps.weights[i] = fixed(shares, sum);
            }
            return taps;
        }

        /** Rounded so that what was lost so far is made up for: a weight of 0 for each of a thousand would be none at all. */
        private static int[] fixed(double[] shares, double sum) {
            var weights = new int[shares.length];
            double exact = 0;
            int given = 0;
            for (int k = 0; k < shares.length; k++) {
                exact += shares[k] / sum * ONE;
                weights[k] = (int) Math.round(exact) - given;
                given += weights[k];
            }
            return weights;
        }
    }

    static Pixels scale(Pixels from, ImageSize to) {
        if (from.size().equals(to)) {
            return from;
        }
        var rows = Taps.of(from.size().height(), to.height());
        var columns = Taps.of(from.size().width(), to.width());
        var bytes = new byte[to.width() * to.height() * Pixels.CHANNELS];
        // Room behind its end, where a long or an int that begins within it ends.
        var row = new byte[from.stride() + Long.BYTES];
        for (int y = 0; y < to.height(); y++) {
            down(from, rows.first[y], rows.weights[y], row);
            across(row, columns, bytes, y * to.width() * Pixels.CHANNELS);
        }
        return new Pixels(to, bytes);
    }

    /** One row of the new height and the old width. */
    private static void down(Pixels from, int first, int[] weights, byte[] row) {
        byte[] bytes = from.bytes();
        int stride = from.stride();
        int begin = first * stride;
        int last = bytes.length - Long.BYTES - (weights.length - 1) * stride - begin;
        int i = 0;
        for (; i < stride && i <= last; i += Long.BYTES) {
            long even = HALVES;
            long odd = HALVES;
            int at = begin + i;
            for (int weight : weights) {
                long eight = (long) LONGS.get(bytes, at);
                even += (eight & LANES) * weight;
                odd += (eight >>> 8 & LANES) * weight;
                at += stride;
            }
            LONGS.set(row, i, (even >>> 8 & LANES) | (odd & ~LANES));
        }
        // Behind the last row there is nothing that a long could begin before and end in.
        for (; i < stride; i++) {
            int sum = ONE / 2;
            for (int k = 0; k < weights.length; k++) {
                sum += (bytes[begin + k * stride + i] & 0xff) * weights[k];
            }
            row[i] = (byte) (sum >> 8);
        }
    }

    /** Red and blue in one int, green in another. */
    private static void across(byte[] row, Taps columns, byte[] to, int begin) {
        int at = begin;
        for (int x = 0; x < columns.first.length; x++) {
            int from = columns.first[x] * Pixels.CHANNELS;
            int outer = HALF_PAIR;
            int inner = ONE / 2;
            for (int weight : columns.weights[x]) {
                int four = (int) INTS.get(row, from);
                outer += (four & PAIR) * weight;
                inner += (four >>> 8 & 0xff) * weight;
                from += Pixels.CHANNELS;
            }
            to[at] = (byte) (outer >>> 8);
            to[at + 1] = (byte) (inner >>> 8);
            to[at + 2] = (byte) (outer >>> 24);
            at += Pixels.CHANNELS;
        }
    }
}
