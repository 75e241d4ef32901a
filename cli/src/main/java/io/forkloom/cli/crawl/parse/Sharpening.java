package io.forkloom.cli.crawl.parse;

/**
 * Makes edges clearer: each colour is moved away from the mean of its neighbourhood,
 *
 * <pre>
 *   -2  -2  -2
 *   -2  32  -2   / 16
 *   -2  -2  -2
 * </pre>
 *
 * which is 34 times itself less twice the sum of all nine. Pixels at the border have no neighbourhood, and stay.
 */
final class Sharpening {
    private Sharpening() {}

    static Pixels sharpen(Pixels from) {
        int stride = from.stride();
        byte[] old = from.bytes();
        byte[] sharp = old.clone();
        // Sums of three above one another, for a whole row: each is used for three pixels.
        var sums = new int[stride];
        for (int y = 1; y < from.size().height() - 1; y++) {
            int row = y * stride;
            for (int i = 0; i < stride; i++) {
                sums[i] = (old[row - stride + i] & 0xff) + (old[row + i] & 0xff) + (old[row + stride + i] & 0xff);
            }
            for (int i = Pixels.CHANNELS; i < stride - Pixels.CHANNELS; i++) {
                int all = sums[i - Pixels.CHANNELS] + sums[i] + sums[i + Pixels.CHANNELS];
                int value = (34 * (old[row + i] & 0xff) - 2 * all + 8) >> 4;
                sharp[row + i] = (byte) Math.clamp(value, 0, 255);
            }
        }
        return new Pixels(from.size(), sharp);
    }
}
