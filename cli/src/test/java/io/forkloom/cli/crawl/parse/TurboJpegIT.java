package io.forkloom.cli.crawl.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.forkloom.cli.CommandRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which workers use the library. */
@Timeout(120)
class TurboJpegIT {
    @TempDir
    Path folder;

    /** The copy that a crawl makes. */
    private byte[] copy(String parser) throws IOException {
        var image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 300 * 200; i++) {
            image.setRGB(i % 300, i / 300, i * 7919);
        }
        Path in = Files.createDirectories(folder.resolve("in"));
        ImageIO.write(image, "jpeg", in.resolve("a.jpg").toFile());
        Path copies = folder.resolve("copies");
        var run = CommandRun.of(
                "crawl",
                in.toString(),
                "--to",
                folder.resolve("out").toString(),
                "--workers",
                "1",
                "--parse",
                parser,
                "-O",
                "image.to=" + copies,
                "-O",
                "image.size=90x60");
        assertThat(run.err()).contains("1 done, 0 failed");
        try (var files = Files.list(copies)) {
            return Files.readAllBytes(files.findFirst().orElseThrow());
        }
    }

    private byte[] natively(TurboJpeg codec) throws Exception {
        byte[] body = Files.readAllBytes(folder.resolve("in").resolve("a.jpg"));
        var target = new ImageSize(90, 60);
        try (var image = SourceImage.open(body, Integer.MAX_VALUE)) {
            var pixels = image.decode(target, codec).orElseThrow();
            return codec.encode(Sharpening.sharpen(Scaling.scale(pixels, target)), 85);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "auto"})
    void a_crawl_uses_it(String parser) throws Exception {
        var codec = TurboJpeg.load();
        assumeTrue(codec.isPresent(), "there is no libturbojpeg here: apt-get install libturbojpeg0");
        byte[] copy = copy(parser);
        assertThat(copy).isEqualTo(natively(codec.orElseThrow()));
    }
}
