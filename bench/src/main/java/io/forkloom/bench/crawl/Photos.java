package io.forkloom.bench.crawl;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures that cost a codec what those of a camera cost: gradients between colours, and noise over all of it. The same seed
 * gives the same picture.
 */
final class Photos {
    static final int WIDTH = 2000;
    static final int HEIGHT = 1500;

    private static final float QUALITY = 0.85f;
    private static final int CHANNELS = 3;

    /** A colour at each corner of so many cells of this many pixels. */
    private static final int CELL = 125;

    private static final int COLUMNS = WIDTH / CELL + 1;
    private static final int ROWS = HEIGHT / CELL + 1;

    /** Bytes of chance that make the noise of a pixel; their sum, less its mean, is as a sensor's. */
    private static final int GRAINS = 4;

    private static final int MEAN = GRAINS * 255 / 2;

    /** What the sum is divided by. It deviates by 148, so 6 of 255 are left, and a picture takes about 600 KB. */
    private static final int CALM = 24;

    private Photos() {}

    /** Writes so many into a folder, and gives their names. */
    static List<String> write(Path folder, int count) throws IOException {
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            String name = "photo%03d.jpg".formatted(i);
            Files.write(folder.resolve(name), jpeg(i));
            names.add(name);
        }
        return names;
    }

    static byte[] jpeg(long seed) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture(new SplittableRandom(seed)), null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage picture(SplittableRandom random) {
        var corners = new byte[COLUMNS * ROWS * CHANNELS];
        random.nextBytes(corners);
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int noise = noise(random.nextInt());
                int at = (y * WIDTH + x) * CHANNELS;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int colour = between(corners, x, y, channel) + noise;
                    pixels[at + channel] = (byte) Math.clamp(colour, 0, 255);
                }
            }
        }
        return image;
    }

    /** The colour of a place, from the four corners of its cell. */
    private static int between(byte[] corners, int x, int y, int channel) {
        int row = COLUMNS * CHANNELS;
        int corner = y / CELL * row + x / CELL * CHANNELS + channel;
        int right = x % CELL;
        int below = y % CELL;
        int upper = mix(corners[corner] & 0xff, corners[corner + CHANNELS] & 0xff, right);
        // Of the last row of cells the corners below are there as well: there is one more of them than cells.
        int lower = mix(corners[corner + row] & 0xff, corners[corner + row + CHANNELS] & 0xff, right);
        return mix(upper, lower, below);
    }

    private static int mix(int from, int to, int part) {
        return from + (to - from) * part / CELL;
    }

    private static int noise(int chance) {
        int sum = 0;
        for (int i = 0; i < GRAINS; i++) {
            sum += (chance >>> (i * Byte.SIZE)) & 0xff;
        }
        return (sum - MEAN) / CALM;
    }
}
