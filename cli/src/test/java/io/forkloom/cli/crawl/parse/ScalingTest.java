package io.forkloom.cli.crawl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
    private static Pixels noise(int width, int height) {
        var bytes = new byte[width * height * Pixels.CHANNELS];
        new Random(width * 31L + height).nextBytes(bytes);
        return new Pixels(new ImageSize(width, height), bytes);
    }

    /** The same mean in plain arithmetic, both directions at once. */
    private static double mean(Pixels from, ImageSize to, int x, int y, int channel) {
        double sum = 0;
        double weights = 0;
        double across = (double) from.size().width() / to.width();
        double down = (double) from.size().height() / to.height();
        for (int j = 0; j < from.size().height(); j++) {
            double vertical = Math.max(0, 1 - Math.abs(j + 0.5 - (y + 0.5) * down) / Math.max(down, 1));
            for (int i = 0; vertical > 0 && i < from.size().width(); i++) {
                double weight =
                        vertical * Math.max(0, 1 - Math.abs(i + 0.5 - (x + 0.5) * across) / Math.max(across, 1));
                sum += weight * (from.bytes()[(j * from.size().width() + i) * Pixels.CHANNELS + channel] & 0xff);
                weights += weight;
            }
        }
        return sum / weights;
    }

    @ParameterizedTest
    @CsvSource({
        "100, 75, 40, 30",
        "37, 53, 11, 13",
        "5, 3, 12, 9",
        "64, 64, 1, 1",
        "3, 200, 3, 7",
        "1, 1, 4, 5",
        "9, 9, 8, 9"
    })
    void every_new_pixel_is_the_weighted_mean_of_the_old_ones_around_it(int width, int height, int w, int h) {
        var from = noise(width, height);
        var to = new ImageSize(w, h);
        var scaled = Scaling.scale(from, to);

        assertThat(scaled.size()).isEqualTo(to);
        for (int i = 0; i < scaled.bytes().length; i++) {
            int pixel = i / Pixels.CHANNELS;
            assertThat((double) (scaled.bytes()[i] & 0xff))
                    .isBetween(
                            mean(from, to, pixel % w, pixel / w, i % Pixels.CHANNELS) - 3,
                            mean(from, to, pixel % w, pixel / w, i % Pixels.CHANNELS) + 3);
        }
    }

    @Test
    void white_stays_white_and_black_black() {
        for (byte colour : new byte[] {0, (byte) 255}) {
            var bytes = new byte[1700 * 900 * Pixels.CHANNELS];
            Arrays.fill(bytes, colour);
            var scaled = Scaling.scale(new Pixels(new ImageSize(1700, 900), bytes), new ImageSize(2, 3));
            assertThat(scaled.bytes()).containsOnly(colour);
            assertThat(Sharpening.sharpen(scaled).bytes()).containsOnly(colour);
        }
    }
}
