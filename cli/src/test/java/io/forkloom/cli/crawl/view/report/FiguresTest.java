package io.forkloom.cli.crawl.view.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.view.Setting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class FiguresTest {

    @Test
    void numbers_have_three_digits_and_a_unit() {
        assertThat(List.of(Figures.time(740), Figures.time(1_250_000), Figures.time(99_990), Figures.time(90e9)))
                .containsExactly("740 ns", "1.25 ms", "100 µs", "90 s");
        assertThat(Figures.time(600e9)).isEqualTo("10 min");
        assertThat(List.of(Figures.bytes(82), Figures.bytes(1_536), Figures.bytes(7.93e6), Figures.bytes(3e12)))
                .containsExactly("82 B", "1.54 kB", "7.93 MB", "3 TB");
        assertThat(List.of(Figures.rate(72), Figures.rate(0.25), Figures.rate(10_100.4)))
                .containsExactly("72/s", "0.25/s", "10,100/s");
        assertThat(Figures.duration(Duration.ofMillis(4_200))).isEqualTo("4.20 s");
        assertThat(Figures.duration(Duration.ofSeconds(725))).isEqualTo("12 min 5 s");
        assertThat(Figures.duration(Duration.ofMinutes(432))).isEqualTo("7 h 12 min");
    }

    @Test
    void a_share_is_none_or_all_only_if_it_is() {
        assertThat(List.of(Figures.share(0), Figures.share(0.0001), Figures.share(0.004), Figures.share(0.97)))
                .containsExactly("0 %", "< 0.1 %", "0.4 %", "97 %");
        assertThat(List.of(Figures.share(0.99999), Figures.share(1))).containsExactly("99.9 %", "100 %");
    }

    @Test
    void axes_have_few_round_marks_that_reach_to_what_is_there() {
        for (double most : new double[] {0, 0.003, 0.7, 1, 3, 17, 99, 100, 101, 4_321, 1e9}) {
            var ticks = Ticks.upTo(most);
            assertThat(ticks).hasSizeBetween(2, 6);
            assertThat(ticks.getLast().value()).isGreaterThanOrEqualTo(most);
            assertThat(ticks).extracting(Ticks.Tick::words).doesNotHaveDuplicates();
        }
        for (double seconds : new double[] {0.02, 1, 3.9, 4, 59, 61, 3_599, 40_000, 400_000, 4e6}) {
            var ticks = Ticks.ofTime(seconds, 5);
            assertThat(ticks).hasSizeBetween(2, 6);
            assertThat(ticks.getLast().value()).isLessThanOrEqualTo(seconds);
            assertThat(ticks).extracting(Ticks.Tick::words).doesNotHaveDuplicates();
        }
    }

    @Command(name = "crawl")
    static final class Options {
        @Option(names = "--header")
        List<String> header = List.of();

        @Option(names = "--proxy")
        String proxy = "";

        @Option(names = "-O")
        List<String> parser = List.of();

        @Option(names = "--to")
        List<String> to = List.of();

        @Option(names = "--overwrite")
        boolean overwrite;

        @Parameters
        List<String> sources = List.of();
    }

    @Test
    void options_are_told_without_their_secrets() {
        var given = new CommandLine(new Options())
                .parseArgs(
                        "--header",
                        "Authorization: Bearer hunter2",
                        "--proxy",
                        "http://me:hunter2@hunter2@proxy:3128",
                        "-O",
                        "api.token=hunter2",
                        "-O",
                        "image.size=800x600",
                        "--to=https://sink/put?hunter2&part=1",
                        "--overwrite",
                        "https://example.org/?q=a@b&X-Amz-Signature=hunter2#x",
                        "https://example.org/#access_token=hunter2&q=a");

        assertThat(Settings.of(given))
                .extracting(setting -> setting.name() + " " + setting.value())
                .containsExactlyInAnyOrder(
                        "--header (hidden)",
                        "--proxy http://(hidden)@proxy:3128",
                        "-O api.token=(hidden)",
                        "-O image.size=800x600",
                        "--to https://sink/put?(hidden)",
                        "--overwrite yes",
                        "source https://example.org/?q=a@b&X-Amz-Signature=(hidden)#x",
                        "source https://example.org/#access_token=(hidden)&q=a");
    }

    @Test
    void thousands_of_sources_are_told_by_their_number() {
        var arguments = new String[1_000];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i + ".html";
        }
        assertThat(Settings.of(new CommandLine(new Options()).parseArgs(arguments)))
                .hasSize(21)
                .last()
                .isEqualTo(new Setting("source", "and 980 more"));
    }
}
