package io.forkloom.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static Histogram of(long... nanos) {
        var recorder = new Histogram.Recorder();
        for (long each : nanos) {
            recorder.record(each);
        }
        return recorder.snapshot();
    }

    @Property
    void percentiles_are_as_of_the_sorted_values_to_6_percent(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 0) Long> nanos,
            @ForAll @DoubleRange(min = 0, max = 100) double percent) {
        var sorted = nanos.stream().sorted().toList();
        int rank = Math.max(1, (int) Math.ceil(sorted.size() * (percent / 100)));
        double exact = sorted.get(rank - 1);
        double found = of(array(nanos)).percentile(percent).toNanos();
        assertThat(Math.abs(found - exact)).isLessThanOrEqualTo(exact * 0.0625);
    }

    @Property
    void count_minimum_maximum_and_mean_are_exact(
            @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 0, max = 1L << 50) Long> nanos) {
        var exact = LongStream.of(array(nanos)).summaryStatistics();
        var histogram = of(array(nanos));
        assertThat(histogram.count()).isEqualTo(exact.getCount());
        assertThat(histogram.min().toNanos()).isEqualTo(exact.getMin());
        assertThat(histogram.max().toNanos()).isEqualTo(exact.getMax());
        assertThat((double) histogram.mean().toNanos()).isCloseTo(exact.getAverage(), within(1024.0));
    }

    private static long[] array(List<Long> nanos) {
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void a_snapshot_does_not_change() {
        var recorder = new Histogram.Recorder();
        recorder.record(5);
        var before = recorder.snapshot();
        recorder.record(7);
        assertThat(before).isEqualTo(of(5)).hasSameHashCodeAs(of(5)).isNotEqualTo(recorder.snapshot());
        assertThat(before.max()).isEqualTo(Duration.ofNanos(5));
    }

    @Test
    void of_nothing_all_is_zero() {
        assertThat(Histogram.EMPTY.count()).isZero();
        assertThat(Histogram.EMPTY.min()).isZero();
        assertThat(Histogram.EMPTY.max()).isZero();
        assertThat(Histogram.EMPTY.mean()).isZero();
        assertThat(Histogram.EMPTY.percentile(50)).isZero();
        assertThat(Histogram.EMPTY).hasToString("none").isEqualTo(of());
    }

    @Test
    void less_than_nothing_counts_as_nothing() {
        assertThat(of(-3).max()).isZero();
    }

    @Test
    void it_is_told_in_one_line() {
        assertThat(of(1_200_000, 300_000, 52_000_000)).hasToString("3 of 0.3 to 52 ms, median 1.245, 99 % 52");
    }

    @Test
    void a_percentile_beyond_100_is_refused() {
        assertThatThrownBy(() -> of(1).percentile(100.5)).hasMessageContaining("100.5");
        assertThatThrownBy(() -> of(1).percentile(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
