package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MeterHistogramTest {
    private final Histogram histogram = new Histogram();

    @Test
    void every_value_lies_in_its_bucket_and_a_bucket_is_no_wider_than_a_sixteenth_of_it() {
        var random = new Random(7);
        LongStream.concat(
                        LongStream.of(0, 1, 15, 16, 17, 31, 32, 33, Long.MAX_VALUE),
                        LongStream.generate(() -> random.nextLong() >>> (1 + random.nextInt(62)))
                                .limit(10_000))
                .forEach(value -> {
                    int bucket = Histogram.bucket(value);
                    long low = Histogram.low(bucket);
                    long high = Histogram.low(bucket + 1);
                    assertThat(value).isGreaterThanOrEqualTo(low);
                    assertThat(value == Long.MAX_VALUE || value < high).isTrue();
                    assertThat(high - low - 1).isLessThanOrEqualTo(low / 16);
                });
    }

    @Test
    void quantiles_are_within_a_sixteenth_and_mean_and_most_are_exact() {
        LongStream.rangeClosed(1, 100_000).forEach(histogram::add);
        var found = histogram.snapshot();

        assertThat(found.count()).isEqualTo(100_000);
        assertThat(found.mean()).isEqualTo(50_000.5);
        assertThat(found.most()).isEqualTo(100_000);
        assertThat(found.quantile(0.5)).isBetween(47_000L, 53_000L);
        assertThat(found.quantile(0.99)).isBetween(93_000L, 100_000L);
        assertThat(found.quantile(1)).isLessThanOrEqualTo(100_000);
    }

    @Test
    void nothing_at_all_has_no_values_and_no_bars() {
        var found = histogram.snapshot();

        assertThat(found.count()).isZero();
        assertThat(found.quantile(0.99)).isZero();
        assertThat(found.mean()).isZero();
        assertThat(found.bars(4)).isEmpty();
    }

    @Test
    void bars_count_every_value_once_and_leave_no_gap() {
        for (long value : new long[] {3, 100, 120, 130, 5_000, 1_000_000, Long.MAX_VALUE, -5}) {
            histogram.add(value);
        }
        for (int perDoubling : new int[] {1, 2, 4, 8, 16}) {
            var bars = histogram.snapshot().bars(perDoubling);
            assertThat(bars.stream().mapToLong(Distribution.Bar::count).sum()).isEqualTo(8);
            for (int i = 1; i < bars.size(); i++) {
                assertThat(bars.get(i).low()).isEqualTo(bars.get(i - 1).high());
            }
        }
    }
}
