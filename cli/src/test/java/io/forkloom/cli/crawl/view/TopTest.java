package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopTest {
    private static final Comparator<Long> LARGEST = Comparator.naturalOrder();

    @Test
    void a_million_names_that_come_once_do_not_drive_out_the_few_that_come_often() {
        var top = new Top<String, Long>(100, Long::sum, List.of(LARGEST));
        for (int i = 0; i < 1_000_000; i++) {
            top.add("once" + i, 1L);
            if (i % 10 == 0) {
                top.add("often" + i / 10 % 5, 1L);
            }
            assertThat(top.size()).isLessThan(200);
        }
        assertThat(top.complete()).isFalse();
        assertThat(top.largest(LARGEST, 5))
                .allMatch(entry -> entry.getKey().startsWith("often") && entry.getValue() == 20_000L);
    }

    @Test
    void a_name_stays_that_is_large_by_any_of_the_orders() {
        var top = new Top<String, HostFigures>(
                20,
                HostFigures::plus,
                List.of(Comparator.comparingLong(HostFigures::pages), Comparator.comparingLong(HostFigures::failures)));
        for (int i = 0; i < 50; i++) {
            top.add("failing", HostFigures.failed("refused"));
        }
        for (int i = 0; i < 1_000; i++) {
            for (int page = 0; page < 10; page++) {
                top.add("host" + i, HostFigures.answered(1, 1));
            }
        }
        var failing =
                top.largest(Comparator.comparingLong(HostFigures::failures), 1).getFirst();
        assertThat(failing.getKey()).isEqualTo("failing");
        assertThat(failing.getValue().failures()).isEqualTo(50);
    }

    @Test
    void as_long_as_nothing_was_dropped_all_sums_are_exact() {
        var top = new Top<String, Long>(10, Long::sum, List.of(LARGEST));
        for (int i = 0; i < 190; i++) {
            top.add("name" + i % 19, 1L);
        }
        assertThat(top.complete()).isTrue();
        assertThat(top.largest(LARGEST, 100)).hasSize(19).allMatch(entry -> entry.getValue() == 10);
    }
}
