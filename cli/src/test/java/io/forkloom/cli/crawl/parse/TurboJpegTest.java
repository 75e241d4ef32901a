package io.forkloom.cli.crawl.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's images are ImageIO's, and what it does not read is ImageIO's to judge. */
class TurboJpegTest {
    private static final Optional<TurboJpeg> CODEC = TurboJpeg.load();
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;

    @BeforeAll
    static void the_library_is_there() {
        assumeTrue(CODEC.isPresent(), "there is no libturbojpeg here: apt-get install libturbojpeg0");
    }

    private static TurboJpeg codec() {
        return CODEC.orElseThrow();
    }

    /** Waves of colours with a little noise. */
    private static WritableRaster picture(int width, int height, int bands) {
        var random = new SplittableRandom(7);
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, bands, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int band = 0; band < bands; band++) {
                    double wave = Math.sin(x / (20.0 + 9 * band)) * Math.cos(y / (31.0 - 5 * band));
                    raster.setSample(x, y, band, (int) (128 + 100 * wave) + random.nextInt(9) - 4);
                }
            }
        }
        return raster;
    }

    private static BufferedImage image(int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        int bands = image.getRaster().getNumBands();
        image.getRaster().setRect(picture(width, height, bands));
        return image;
    }

    private static byte[] jpeg(IIOImage image, boolean progressive, float quality) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, image, how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        return jpeg(new IIOImage(image(width, height, BufferedImage.TYPE_3BYTE_BGR), null, null), false, 0.85f);
    }

    /** Three or four channels as they are: without a mark of JFIF, and none has fewer pixels than another. */
    private static byte[] channels(int count) throws IOException {
        return jpeg(new IIOImage(picture(80, 60, count), null, null), false, 0.85f);
    }

    /** With a segment of its own behind the one of JFIF. */
    private static byte[] with(byte[] jpeg, int marker, byte[] content) throws IOException {
        int behind = 4 + (((jpeg[4] & 0xff) << 8) | (jpeg[5] & 0xff));
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, behind);
        bytes.write(
                new byte[] {(byte) 0xff, (byte) marker, (byte) ((content.length + 2) >> 8), (byte) (content.length + 2)
                });
        bytes.write(content);
        bytes.write(jpeg, behind, jpeg.length - behind);
        return bytes.toByteArray();
    }

    private static Optional<Pixels> natively(byte[] jpeg, ImageSize target) throws Exception {
        try (var image = SourceImage.open(jpeg, Integer.MAX_VALUE)) {
            return image.decode(target, codec());
        }
    }

    private static Pixels byImageIo(byte[] jpeg, ImageSize target) throws Exception {
        try (var image = SourceImage.open(jpeg, Integer.MAX_VALUE)) {
            return image.read(target);
        }
    }

    private static double difference(Pixels one, Pixels other) {
        assertThat(one.size()).isEqualTo(other.size());
        long sum = 0;
        for (int i = 0; i < one.bytes().length; i++) {
            sum += Math.abs((one.bytes()[i] & 0xff) - (other.bytes()[i] & 0xff));
        }
        return (double) sum / one.bytes().length;
    }

    @ParameterizedTest
    @CsvSource({
        "801, 599, 5, false", // 5 is TYPE_3BYTE_BGR, 10 is TYPE_BYTE_GRAY
        "801, 599, 5, true",
        "801, 599, 10, false",
        "801, 599, 10, true",
        "1, 1, 5, false",
        "1, 1, 10, false",
        "17, 1, 5, false",
        "1, 9, 5, true",
        "2000, 1500, 5, false"
    })
    void all_pixels_are_the_same_and_a_copys_are_nearly(int width, int height, int type, boolean progressive)
            throws Exception {
        byte[] jpeg = jpeg(new IIOImage(image(width, height, type), null, null), progressive, 0.85f);
        var size = new ImageSize(width, height);
        assertThat(difference(natively(jpeg, size).orElseThrow(), byImageIo(jpeg, size)))
                .isZero();
        for (int part : new int[] {2, 3, 5, 10, 100}) {
            var target = size.within(Math.max(1, width / part), Math.max(1, height / part));
            var ours = Scaling.scale(natively(jpeg, target).orElseThrow(), target);
            var theirs = Scaling.scale(byImageIo(jpeg, size), target);
            assertThat(difference(ours, theirs)).as("a copy of %s", target).isLessThan(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 1500, 800, 600, 1000, 750",
        "2000, 1500, 801, 600, 2000, 1500",
        "2000, 1500, 100, 600, 1000, 750",
        "2000, 1500, 400, 300, 500, 375",
        "2000, 1500, 1, 1, 500, 375", // an eighth of 1500 is 187 and a half
        "2000, 1600, 1, 1, 250, 200",
        "2000, 1500, 9000, 9000, 2000, 1500",
        "801, 599, 8, 6, 801, 599",
    })
    void no_more_is_decoded_than_a_copy_needs(int width, int height, int wide, int high, int x, int y)
            throws Exception {
        var pixels = natively(jpeg(width, height), new ImageSize(wide, high)).orElseThrow();
        assertThat(pixels.size()).isEqualTo(new ImageSize(x, y));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 85, 100})
    void what_it_writes_is_as_large_and_as_good_as_what_image_io_writes(int quality) throws Exception {
        for (var size : new ImageSize[] {new ImageSize(801, 599), new ImageSize(1, 1)}) {
            var pixels = Pixels.of(image(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR));
            byte[] ours = codec().encode(pixels, quality);
            byte[] theirs = jpeg(new IIOImage(pixels.image(), null, null), false, quality / 100f);
            assertThat((double) ours.length).isBetween(theirs.length * 0.97, theirs.length * 1.03);
            assertThat(difference(read(ours), read(theirs))).isLessThan(0.5);
        }
    }

    private static Pixels read(byte[] jpeg) throws IOException {
        return Pixels.of(ImageIO.read(new ByteArrayInputStream(jpeg)));
    }

    @Test
    void what_cannot_be_written_is_told() {
        var wide = new Pixels(new ImageSize(65_501, 1), new byte[65_501 * Pixels.CHANNELS]);
        assertThatThrownBy(() -> codec().encode(wide, 85))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("65500");
    }

    @Test
    void an_image_whose_end_is_missing_is_image_ios_to_judge() throws Exception {
        var size = new ImageSize(97, 61);
        byte[] whole = jpeg(97, 61);
        for (int length = whole.length - 700; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(natively(cut, size))
                    .as("%d of %d bytes", length, whole.length)
                    .isEmpty();
            try (var image = SourceImage.open(cut, Integer.MAX_VALUE)) {
                assertThat(image.decode(size).bytes())
                        .isEqualTo(byImageIo(cut, size).bytes());
            }
        }
        assertThat(natively(whole, size)).isPresent();
    }

    @Test
    void broken_images_spoil_nothing_for_others() throws Exception {
        byte[] whole = jpeg(97, 61);
        var size = new ImageSize(97, 61);
        var random = new SplittableRandom(1);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] broken = whole.clone();
            broken[2 + random.nextInt(whole.length - 2)] = (byte) random.nextInt();
            try {
                if (natively(broken, size).isPresent()) {
                    read++;
                } else {
                    refused++;
                }
            } catch (IOException | RuntimeException | UnreadableException noImage) {
                // Of which ImageIO does not understand the head.
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
        assertThat(natively(whole, size).orElseThrow().bytes())
                .isEqualTo(byImageIo(whole, size).bytes());
    }

    @Test
    void other_channels_than_those_of_jfif_are_left_to_image_io() throws Exception {
        var target = new ImageSize(8, 6);
        assertThat(natively(channels(3), target)).isEmpty();
        assertThat(natively(channels(4), target)).isEmpty();
    }

    @Test
    void what_a_profile_says_is_obeyed() throws Exception {
        byte[] jpeg = jpeg(80, 60);
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        var segment = new ByteArrayOutputStream();
        segment.write("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
        segment.write(profile);
        byte[] linear = with(jpeg, APP2, segment.toByteArray());
        var size = new ImageSize(80, 60);

        assertThat(natively(linear, size)).isEmpty();
        assertThat(difference(byImageIo(linear, size), byImageIo(jpeg, size))).isGreaterThan(10);
    }

    @Test
    void an_image_that_lies_on_its_side_stays_as_it_is() throws Exception {
        // TIFF's header, and one entry: 0x0112, orientation, is a short of value 6.
        byte[] exif =
                "Exif\0\0MM\0\52\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] turned = with(jpeg(80, 60), APP1, exif);
        var size = new ImageSize(80, 60);
        assertThat(natively(turned, size).orElseThrow().bytes())
                .isEqualTo(byImageIo(turned, size).bytes());
    }
}
