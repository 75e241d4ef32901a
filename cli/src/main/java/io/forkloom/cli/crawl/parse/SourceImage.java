package io.forkloom.cli.crawl.parse;

import java.awt.color.ColorSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** An image as received: its head is read, and its pixels when they are asked for. */
final class SourceImage implements AutoCloseable {
    /** Pixels that are read for one that is written, in each direction, before some are passed over. */
    private static final int OVERSAMPLING = 4;

    private final byte[] body;
    private final ImageReader reader;
    private final ImageInputStream stream;
    private final ImageSize size;

    private SourceImage(byte[] body, ImageReader reader, ImageInputStream stream, ImageSize size) {
        this.body = body;
        this.reader = reader;
        this.stream = stream;
        this.size = size;
    }

    /**
     * Reads the head.
     *
     * @throws UnreadableException if it is no image, or says that it is larger: small files can be huge images
     */
    static SourceImage open(byte[] body, long mostPixels) throws IOException, UnreadableException {
        // Not ImageIO's own stream, which would write a file.
        var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(body));
        var readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            throw new UnreadableException("is no image of a kind that Java reads: JPEG, PNG, GIF, BMP, WBMP or TIFF");
        }
        var reader = readers.next();
        boolean opened = false;
        try {
            reader.setInput(stream, true, true);
            var size = new ImageSize(reader.getWidth(0), reader.getHeight(0));
            long pixels = (long) size.width() * size.height();
            if (pixels > mostPixels) {
                throw new UnreadableException("is an image of " + size.width() + "x" + size.height() + ", which is "
                        + pixels + " pixels: at most " + mostPixels + " are read (-O image.pixels)");
            }
            opened = true;
            return new SourceImage(body, reader, stream, size);
        } finally {
            if (!opened) {
                reader.dispose();
            }
        }
    }

    ImageSize size() {
        return size;
    }

    int width() {
        return size.width();
    }

    int height() {
        return size.height();
    }

    /** {@code jpeg}, {@code png}. */
    String format() throws IOException {
        return reader.getFormatName().toLowerCase(Locale.ROOT);
    }

    /** Its pixels: all of them, or as many as it takes for a copy of that size. What is transparent becomes white. */
    Pixels decode(ImageSize target) throws IOException {
        var codec = TurboJpeg.find();
        var pixels = codec.isPresent() ? decode(target, codec.get()) : Optional.<Pixels>empty();
        return pixels.isPresent() ? pixels.get() : read(target);
    }

    /** By native code, if it is for this one. */
    Optional<Pixels> decode(ImageSize target, TurboJpeg codec) throws IOException {
        return format().equals("jpeg") && isWithoutProfile() ? codec.decode(body, size, target) : Optional.empty();
    }

    /** A profile's colours are converted by ImageIO; it offers them as they are too. Of what it cannot decode it offers nothing. */
    private boolean isWithoutProfile() throws IOException {
        var types = reader.getImageTypes(0);
        boolean plain = types.hasNext();
        while (types.hasNext()) {
            var colours = types.next().getColorModel().getColorSpace();
            plain &= colours.isCS_sRGB() || colours.getType() == ColorSpace.TYPE_GRAY;
        }
        return plain;
    }

    /** By ImageIO. */
    Pixels read(ImageSize target) throws IOException {
        int step = Math.max(1, Math.min(size.width() / target.width(), size.height() / target.height()) / OVERSAMPLING);
        var how = reader.getDefaultReadParam();
        how.setSourceSubsampling(step, step, 0, 0);
        if (!isColouredJpeg()) {
            return Pixels.of(reader.read(0, how));
        }
        var image = Pixels.empty(new ImageSize(ceil(size.width(), step), ceil(size.height(), step)));
        how.setDestination(image);
        reader.read(0, how);
        return Pixels.over(image);
    }

    private static int ceil(int length, int step) {
        return (length + step - 1) / step;
    }

    /** Others come in whatever form they have, and are drawn into ours. */
    private boolean isColouredJpeg() throws IOException {
        var type = format().equals("jpeg") ? reader.getRawImageType(0) : null;
        return type != null && type.getNumBands() == Pixels.CHANNELS;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
