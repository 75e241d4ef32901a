package io.forkloom.cli.crawl.parse;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import javax.imageio.ImageTypeSpecifier;

/**
 * Colours of an image, row by row, three bytes each: red, green, blue, which is how JPEG has them. Java's own order is the
 * other way round, and to turn it costs as much as a tenth of decoding does.
 */
// Nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
record Pixels(ImageSize size, byte[] bytes) {
    static final int CHANNELS = 3;

    private static final ImageTypeSpecifier TYPE = ImageTypeSpecifier.createInterleaved(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), new int[] {0, 1, 2}, DataBuffer.TYPE_BYTE, false, false);

    /** Of this type readers can be asked to make theirs. */
    static BufferedImage empty(ImageSize size) {
        return TYPE.createBufferedImage(size.width(), size.height());
    }

    /** The pixels of an {@link #empty} image that somebody has filled, themselves. */
    static Pixels over(BufferedImage image) {
        return new Pixels(new ImageSize(image.getWidth(), image.getHeight()), array(image));
    }

    /** Those of any image; what is transparent becomes white. */
    static Pixels of(BufferedImage image) {
        var plain = empty(new ImageSize(image.getWidth(), image.getHeight()));
        var graphics = plain.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return over(plain);
    }

    private static byte[] array(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    BufferedImage image() {
        var image = empty(size);
        System.arraycopy(bytes, 0, array(image), 0, bytes.length);
        return image;
    }

    int stride() {
        return size.width() * CHANNELS;
    }
}
