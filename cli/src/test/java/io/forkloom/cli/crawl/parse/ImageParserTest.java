package io.forkloom.cli.crawl.parse;

import static io.forkloom.cli.crawl.parse.Pages.json;
import static io.forkloom.cli.crawl.parse.Pages.recipe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageParserTest {
    @TempDir
    Path folder;

    private Path thumbs() {
        return folder.resolve("thumbs");
    }

    private Recipe shrink(String... more) throws IOException {
        Files.createDirectories(thumbs());
        var options = new ArrayList<>(Arrays.asList(more));
        options.add("image.to=" + thumbs());
        return recipe("image", options.toArray(String[]::new));
    }

    /** Left half blue, right half yellow. */
    private static byte[] image(int width, int height, int type, String format) throws IOException {
        var image = new BufferedImage(width, height, type);
        var graphics = image.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.YELLOW);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        return image(width, height, BufferedImage.TYPE_INT_RGB, "jpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "tiff"})
    void every_kind_that_java_reads_tells_its_size_and_is_shrunk(String format) throws Exception {
        var page = Pages.of(
                "pictures/a." + format,
                image(400, 300, BufferedImage.TYPE_INT_RGB, format),
                shrink("image.size=80x60"));
        var json = json(page);

        assertThat(json.get("width").intValue()).isEqualTo(400);
        assertThat(json.get("height").intValue()).isEqualTo(300);
        assertThat(json.get("format").stringValue()).isEqualTo(format.equals("tiff") ? "tif" : format);
        var small = ImageIO.read(Path.of(json.get("file").stringValue()).toFile());
        assertThat(small.getWidth()).isEqualTo(80);
        assertThat(small.getHeight()).isEqualTo(60);
        assertThat(near(small.getRGB(10, 30), Color.BLUE)).isTrue();
        assertThat(near(small.getRGB(70, 30), Color.YELLOW)).isTrue();
    }

    private static boolean near(int rgb, Color color) {
        var other = new Color(rgb);
        return Math.abs(other.getRed() - color.getRed()) < 12
                && Math.abs(other.getGreen() - color.getGreen()) < 12
                && Math.abs(other.getBlue() - color.getBlue()) < 12;
    }

    @Test
    void it_keeps_its_shape_and_never_grows_unless_the_size_is_exact() throws Exception {
        var wide = json(Pages.of("wide.jpg", jpeg(1000, 100), shrink("image.size=80x60")));
        assertThat(wide.get("fileWidth").intValue()).isEqualTo(80);
        assertThat(wide.get("fileHeight").intValue()).isEqualTo(8);

        var tiny = json(Pages.of("tiny.jpg", jpeg(20, 10), shrink("image.size=80x60")));
        assertThat(tiny.get("fileWidth").intValue()).isEqualTo(20);

        var exact = json(
                Pages.of("tiny.jpg", jpeg(20, 10), shrink("image.size=80x60", "image.fit=exact", "image.format=png")));
        var file = ImageIO.read(Path.of(exact.get("file").stringValue()).toFile());
        assertThat(file.getWidth()).isEqualTo(80);
        assertThat(file.getHeight()).isEqualTo(60);
        assertThat(exact.get("file").stringValue()).endsWith(".png");
    }

    @Test
    void what_is_transparent_becomes_white_and_one_colour_stays_itself() throws Exception {
        var clear = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(clear, "png", bytes);
        var json = json(Pages.of("clear.png", bytes.toByteArray(), shrink("image.size=7x7", "image.format=png")));
        var small = ImageIO.read(Path.of(json.get("file").stringValue()).toFile());
        for (int i = 0; i < 49; i++) {
            assertThat(new Color(small.getRGB(i % 7, i / 7))).isEqualTo(Color.WHITE);
        }
    }

    @Test
    void an_edge_is_sharper_with_sharpening_than_without() throws Exception {
        // Grey, so that there is room for what sharpening adds on either side.
        var grey = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400 * 300; i++) {
            grey.setRGB(i % 400, i / 400, i % 400 < 200 ? 0x505050 : 0xa0a0a0);
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(grey, "png", bytes);
        int[] steps = new int[2];
        for (String sharpen : new String[] {"no", "yes"}) {
            var json = json(Pages.of(
                    "edge" + sharpen,
                    bytes.toByteArray(),
                    shrink("image.size=77x60", "image.format=png", "image.sharpen=" + sharpen)));
            var small = ImageIO.read(Path.of(json.get("file").stringValue()).toFile());
            int most = 0;
            for (int x = 1; x < 77; x++) {
                most = Math.max(most, (small.getRGB(x, 30) & 0xff00) - (small.getRGB(x - 1, 30) & 0xff00));
            }
            steps[sharpen.equals("yes") ? 1 : 0] = most;
        }
        assertThat(steps[1]).isGreaterThan(steps[0]);
    }

    @Test
    void sources_of_one_name_get_files_of_their_own_and_none_leaves_the_folder() throws Exception {
        var recipe = shrink("image.size=8x8");
        var names = new HashSet<String>();
        for (String source : new String[] {
            "a/photo.jpg",
            "b/photo.jpg",
            "http://x.example/photo.jpg?1",
            "http://x.example/photo.jpg?2",
            "../../etc/passwd",
            "..",
            "/",
            "http://x.example/",
            "\u0000\n.jpg",
            "CON",
            "x".repeat(5000)
        }) {
            names.add(json(Pages.of(source, jpeg(16, 16), recipe)).get("file").stringValue());
        }
        assertThat(names)
                .hasSize(11)
                .allSatisfy(name -> assertThat(Path.of(name).getParent()).isEqualTo(thumbs()));
        try (var files = Files.list(thumbs())) {
            assertThat(files)
                    .hasSize(11)
                    .allSatisfy(
                            file -> assertThat(file.getFileName().toString()).matches("[A-Za-z0-9_-]+\\.jpg"));
        }
        assertThat(ImageFile.name("a/my photo.jpg", "jpg")).matches("my-photo-[0-9a-f]{16}\\.jpg");
        var again =
                json(Pages.of("a/photo.jpg", jpeg(16, 16), recipe)).get("file").stringValue();
        assertThat(names).contains(again);
    }

    @Test
    void an_image_of_too_many_pixels_is_refused_before_it_is_decoded() throws Exception {
        byte[] bomb = hugePng(60_000, 60_000);
        assertThatThrownBy(() -> Parsers.parse(Pages.of("bomb.png", bomb, shrink())))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("is an image of 60000x60000, which is 3600000000 pixels: at most 100000000");
        assertThat(thumbs()).isEmptyDirectory();
    }

    /** Only a head: who believes it, and reads on, finds nothing. */
    private static byte[] hugePng(int width, int height) {
        var crc = new java.util.zip.CRC32();
        var head = java.nio.ByteBuffer.allocate(17).put("IHDR".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        head.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        crc.update(head.array());
        return java.nio.ByteBuffer.allocate(33)
                .putLong(0x89504e470d0a1a0aL)
                .putInt(13)
                .put(head.array())
                .putInt((int) crc.getValue())
                .array();
    }

    @Test
    void a_broken_image_costs_itself_and_leaves_no_file() throws Exception {
        byte[] whole = jpeg(300, 200);
        for (byte[] broken : new byte[][] {
            {},
            "no image at all".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Arrays.copyOf(whole, 50),
            hugePng(10, 10)
        }) {
            assertThatThrownBy(() -> Parsers.parse(Pages.of("broken.jpg", broken, shrink())))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("is no image");
        }
        assertThat(thumbs()).isEmptyDirectory();
        assertThat(json(Pages.of("whole.jpg", whole, shrink())).has("file")).isTrue();
    }

    @Test
    void without_a_folder_it_is_looked_at_and_by_auto_too() throws Exception {
        var json = json(Pages.of("a.jpg", jpeg(640, 480), Recipe.AUTO));
        assertThat(json.get("type").stringValue()).isEqualTo("image/jpeg");
        assertThat(json.get("width").intValue()).isEqualTo(640);
        assertThat(json.has("file")).isFalse();
        assertThat(json(Pages.of("named-by-nobody", jpeg(6, 4), Recipe.AUTO))
                        .get("height")
                        .intValue())
                .isEqualTo(4);
    }

    @Test
    void a_very_large_image_becomes_a_small_one() throws Exception {
        var json = json(Pages.of("large.jpg", jpeg(4100, 3000), shrink("image.size=100x100")));
        assertThat(json.get("fileWidth").intValue()).isEqualTo(100);
        var small = ImageIO.read(Path.of(json.get("file").stringValue()).toFile());
        assertThat(near(small.getRGB(10, 30), Color.BLUE)).isTrue();
        assertThat(near(small.getRGB(90, 30), Color.YELLOW)).isTrue();
    }
}
