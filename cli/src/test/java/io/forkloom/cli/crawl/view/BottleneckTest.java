package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.view.Gauges.Load;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class BottleneckTest {
    private static final Load HALF = new Load(5, 10);
    private static final Load FULL = new Load(10, 10);

    private static Gauges gauges(Load fetch, Load parse, Load deliver, boolean reading, long waiting, int held) {
        return new Gauges(fetch, parse, deliver, reading, waiting, held, 10, 10, 0);
    }

    private static String words(Gauges now) {
        return Bottleneck.of(now).words();
    }

    @Test
    void the_last_full_stage_is_to_blame_for_those_before_it() {
        assertThat(words(gauges(FULL, FULL, FULL, true, 9, 9))).isEqualTo("deliver is full: the sink is slow");
        assertThat(words(gauges(FULL, FULL, HALF, true, 9, 9)))
                .isEqualTo("parse is full, fetch waits: more cores would help");
        assertThat(words(gauges(FULL, HALF, HALF, true, 9, 9)))
                .isEqualTo("fetch is full: more --limit or bandwidth would help");
    }

    @Test
    void a_stage_is_full_a_moment_before_it_is_and_parse_as_soon_as_a_page_waits_for_a_worker() {
        assertThat(new Load(58, 64).full()).isTrue();
        assertThat(new Load(57, 64).full()).isFalse();
        assertThat(new Load(0, 0).full()).isFalse();
        assertThat(words(new Gauges(FULL, new Load(3, 4), HALF, true, 9, 0, 2, 2, 0)))
                .startsWith("parse is full");
        assertThat(words(new Gauges(FULL, new Load(2, 4), HALF, true, 9, 0, 2, 2, 0)))
                .startsWith("fetch is full");
    }

    @Test
    void where_nothing_is_full_it_is_the_hosts_or_the_list() {
        assertThat(words(gauges(HALF, HALF, HALF, true, 9, 3)))
                .isEqualTo("politeness: 3 hosts must not be asked yet: more hosts would help");
        assertThat(words(gauges(HALF, HALF, HALF, true, 9, 1)))
                .isEqualTo("politeness: 1 host must not be asked yet: more hosts would help");
        assertThat(words(gauges(HALF, HALF, HALF, true, 9, 0))).startsWith("each host has its --per-host pages");
        assertThat(words(gauges(HALF, HALF, HALF, true, 0, 0))).isEqualTo("the list is read slowly");
        assertThat(words(gauges(HALF, HALF, HALF, false, 0, 0))).isEqualTo("the last pages are under way");
    }

    @Test
    void workers_that_restart_all_the_time_are_told_from_workers_that_compute() {
        assertThat(words(new Gauges(FULL, FULL, HALF, true, 9, 0, 0, 4, 0)))
                .isEqualTo("parse is full, but 0 of 4 workers compute: the others start, or restart after a crash");
    }

    @Test
    void a_journal_that_takes_most_of_the_time_is_named_before_all_else() {
        assertThat(words(new Gauges(FULL, FULL, FULL, true, 9, 0, 2, 2, 0.75)))
                .isEqualTo("the journal takes 75 % of the time: a faster disk would help");
    }

    @Test
    void every_kind_has_words_that_fit() {
        for (var kind : EnumSet.allOf(Bottleneck.Kind.class)) {
            assertThat(kind.brief()).hasSizeBetween(5, 20);
            assertThat(kind.advice()).isNotBlank();
        }
        assertThat(Bottleneck.of(Gauges.IDLE).kind()).isEqualTo(Bottleneck.Kind.SOURCES);
    }
}
