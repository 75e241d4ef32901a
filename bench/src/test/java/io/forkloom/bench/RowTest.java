package io.forkloom.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RowTest {
    @ParameterizedTest
    @ValueSource(doubles = {17.25, 0, 1e9, 3.5e-6, 1234567.89, 0.1})
    void a_row_is_a_json_object_with_name_value_and_unit(double value) {
        var tree = JsonMapper.shared()
                .readTree(Row.of("call.noop.p50", value, Unit.MICROSECONDS).json());

        assertThat(tree.propertyNames()).containsExactly("name", "value", "unit");
        assertThat(tree.get("name").stringValue()).isEqualTo("call.noop.p50");
        assertThat(tree.get("unit").stringValue()).isEqualTo("us");
        assertThat(tree.get("value").doubleValue()).isCloseTo(value, Offset.offset(Math.abs(value) / 10_000));
    }

    @Test
    void a_value_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> Row.of("start.cold", Double.NaN, Unit.MILLISECONDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start.cold");
    }

    @ParameterizedTest
    @CsvSource({
        "MICROSECONDS,      20,     200, 10",
        "MILLISECONDS,      16,       8, 0.5",
        "MEBIBYTES,         30,      15, 0.5",
        "PER_SECOND,   900_000,  30_000, 30",
        "PER_SECOND,     1_000,   2_000, 0.5",
    })
    void a_ratio_tells_how_many_times_better_ours_is(Unit unit, String ours, String peer, double ratio) {
        assertThat(unit.ratio(number(ours), number(peer))).isEqualTo(ratio);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("_", ""));
    }

    @Test
    void median_and_percentiles_are_those_of_the_samples() {
        assertThat(Samples.median(3, 1, 2)).isEqualTo(2);
        assertThat(Samples.median(4, 1, 2, 3)).isEqualTo(2.5);
        var samples = new Samples(100);
        for (int i = 100; i > 0; i--) {
            samples.add(i * 1_000L);
        }
        assertThat(samples.percentile(50)).isEqualTo(51);
        assertThat(samples.percentile(99)).isEqualTo(100);
    }

    @Test
    void a_goal_says_whether_it_is_reached() {
        assertThat(Goal.of("start.spare").orElseThrow().isReached(2)).isTrue();
        assertThat(Goal.of("start.spare").orElseThrow().isReached(2.1)).isFalse();
        assertThat(Goal.of("ratio.submit.1k.ppe").orElseThrow().isReached(59)).isFalse();
        assertThat(Goal.of("ratio.submit.1k.ppe").orElseThrow().isReached(61)).isTrue();
        assertThat(Goal.of("peer.submit.1k.ppe")).isEmpty();
    }

    @Test
    void every_goal_is_one_of_a_row_that_exists() {
        // Who else crawls is known to an open session only.
        var rows = new ArrayList<>(List.of(
                "start.cold",
                "ratio.crawl.pages.lxml",
                "ratio.crawl.images.pillow.lanczos",
                "ratio.crawl.images.pillow.bilinear"));
        for (var measurement : Bench.wanted(List.of())) {
            for (var figure : measurement.figures()) {
                rows.add(figure.name());
                measurement
                        .peers(Scale.FULL)
                        .ifPresent(
                                work -> work.names().forEach(peer -> rows.add("ratio." + figure.name() + "." + peer)));
            }
        }
        assertThat(Goal.names()).isSubsetOf(rows);
    }
}
