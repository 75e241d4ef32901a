package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.view.Bottleneck.Kind;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static Slice second(long done, double fill, Kind held) {
        var filled = new Slice.Fill(fill, fill, fill, fill, fill);
        return new Slice(1_000_000_000L, done, 1, 1, 2, 3, filled, Map.of(held, 1_000_000_000L));
    }

    @Test
    void a_night_takes_no_more_slices_than_five_minutes_and_loses_nothing() {
        var timeline = new Timeline();
        int night = 10 * 3600;
        for (int i = 0; i < night; i++) {
            timeline.add(second(i, i < night / 2 ? 0 : 1, i % 2 == 0 ? Kind.PARSE : Kind.FETCH));
        }
        var slices = timeline.with(second(0, 1, Kind.END));

        assertThat(slices).hasSizeBetween(Timeline.MOST / 2, Timeline.MOST + 1);
        var all = slices.stream().reduce(Slice::plus).orElseThrow();
        assertThat(all.nanos()).isEqualTo((night + 1) * 1_000_000_000L);
        assertThat(all.done()).isEqualTo((long) night * (night - 1) / 2);
        assertThat(all.failed()).isEqualTo(night + 1);
        assertThat(all.fill().parse()).isCloseTo(0.5, Offset.offset(0.001));
        assertThat(all.held()).containsEntry(Kind.PARSE, night / 2 * 1_000_000_000L);
        assertThat(slices.getFirst().fill().fetch()).as("the order stays").isZero();
        assertThat(slices.getLast().fill().fetch()).isEqualTo(1);
    }

    @Test
    void slices_are_as_long_as_each_other() {
        var timeline = new Timeline();
        for (int i = 0; i < 1_000; i++) {
            timeline.add(second(1, 1, Kind.PARSE));
        }
        var slices = timeline.with(second(0, 1, Kind.END));

        assertThat(slices.subList(0, slices.size() - 1).stream()
                        .map(Slice::nanos)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_moment_at_the_end_goes_with_the_slice_before() {
        var timeline = new Timeline();
        timeline.add(second(100, 1, Kind.PARSE));
        var moment = new Slice(1_000_000, 5, 0, 0, 0, 0, new Slice.Fill(0, 0, 0, 0, 0), Map.of());

        assertThat(timeline.with(moment))
                .singleElement()
                .satisfies(slice -> assertThat(slice.done()).isEqualTo(105));
        assertThat(new Timeline().with(moment)).containsExactly(moment);
    }
}
