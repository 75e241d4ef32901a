package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.Console;
import io.forkloom.cli.crawl.view.Gauges.Load;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgressTest {
    private static final Gauges NOW =
            new Gauges(new Load(64, 64), new Load(4, 4), new Load(0, 8), true, 2640, 0, 2, 2, 0.02);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Console console(boolean terminal) {
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Console(new ByteArrayInputStream(new byte[0]), stream, stream, terminal);
    }

    private static Snapshot snapshot(OptionalLong total, Gauges now) {
        var stages = new Snapshot.Stages(now, 1300, 1210, Bottleneck.of(now));
        return new Snapshot(1200, 3, total, stages);
    }

    @Test
    void the_line_names_the_bottleneck_where_there_is_room_for_it() {
        assertThat(snapshot(OptionalLong.of(3906), NOW).line(410))
                .isEqualTo("1200/3906 done, 3 failed, 2/2 workers busy, 410/s, 0:07 left; parse is full");
        var huge = new Snapshot(
                1L << 40,
                1L << 40,
                OptionalLong.empty(),
                snapshot(OptionalLong.empty(), NOW).stages());
        assertThat(huge.line(1e9)).hasSizeLessThan(80).endsWith("/s");
    }

    @Test
    void the_line_tells_the_time_left_only_where_the_total_is_known() {
        assertThat(snapshot(OptionalLong.empty(), NOW).line(50))
                .isEqualTo("1200 done, 3 failed, 2/2 workers busy, 50/s; parse is full");
        assertThat(snapshot(OptionalLong.of(4002), NOW).line(50))
                .isEqualTo("1200/4002 done, 3 failed, 2/2 workers busy, 50/s, 0:56 left; parse is full");
    }

    @Test
    void with_room_there_is_a_line_for_the_stages_and_one_for_the_bottleneck() {
        assertThat(snapshot(OptionalLong.of(3906), NOW).lines(new Snapshot.Rates(410, 412.4, 408)))
                .containsExactly(
                        "1200/3906 done, 3 failed, 2/2 workers busy, 410/s, 0:07 left",
                        "  fetch 64/64 412/s   parse 4/4 408/s   deliver 0/8 410/s   2640 wait",
                        "  parse is full, fetch waits: more cores would help");
        var huge = new Load(Integer.MAX_VALUE, Integer.MAX_VALUE);
        var full = new Gauges(huge, huge, huge, true, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 1 << 30, 0);
        assertThat(snapshot(OptionalLong.of(Long.MAX_VALUE), full).lines(new Snapshot.Rates(1e9, 1e9, 1e9)))
                .allMatch(line -> line.length() < 80);
    }

    @Test
    void lines_are_drawn_from_the_first_one_down_and_the_cursor_goes_back_to_it() {
        var screen = new Screen(console(true));
        screen.draw(List.of("one", "two", "three"));
        screen.clear();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[?7lone\u001b[K\ntwo\u001b[K\nthree\u001b[K\u001b[?7h\r\u001b[2A\r\u001b[J");
    }

    @Test
    void a_terminal_has_room_if_it_says_that_it_has() {
        assertThat(Screen.isRoomy("24 80\n")).isTrue();
        assertThat(Screen.isRoomy("5 80\n")).isFalse();
        assertThat(Screen.isRoomy("0 0\n")).isFalse();
        assertThat(Screen.isRoomy("stty: not a tty\n")).isFalse();
        assertThat(Screen.isRoomy("")).isFalse();
    }

    @Test
    @Timeout(60)
    void on_a_terminal_the_line_is_taken_away_at_the_end() throws InterruptedException {
        var asked = new CountDownLatch(2);
        try (var _ = Progress.open(console(true), false, () -> {
            asked.countDown();
            return snapshot(OptionalLong.empty(), NOW);
        })) {
            asked.await();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("1200 done, 3 failed, 2/2 workers busy")
                .doesNotContain("\n")
                .endsWith("\r\u001b[J");
    }

    @Test
    @Timeout(60)
    void a_sampler_asks_for_the_gauges_until_it_is_closed() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var meter = new Meter();
        try (var _ = new Sampler(meter, () -> {
            asked.countDown();
            return NOW;
        })) {
            asked.await();
        }
        assertThat(meter.bottleneck().kind()).isEqualTo(Bottleneck.Kind.PARSE);
        assertThat(meter.snapshot(OptionalLong.empty()).stages().now().busy()).isEqualTo(2);
    }
}
