package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import io.forkloom.cli.crawl.source.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DryRunTest {
    @TempDir
    Path folder;

    private Path list() throws IOException {
        Files.createDirectory(folder.resolve("pages"));
        Files.writeString(folder.resolve("pages/a.html"), "<p>a");
        Files.writeString(folder.resolve("pages/b.html"), "<p>b");
        return Files.writeString(folder.resolve("list.txt"), """
                https://a.example/1
                https://a.example/2
                http://b.example/
                %s
                ftp://c.example/
                """.formatted(folder.resolve("pages")));
    }

    @Test
    void it_says_what_would_happen_and_does_nothing_of_it() throws IOException {
        Path out = folder.resolve("out.jsonl");
        var run = CommandRun.of("crawl", "@" + list(), "--to", out.toString(), "--per-host", "7", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("inputs +6"))
                .anyMatch(line -> line.matches(" +pages +3"))
                .anyMatch(line -> line.matches(" +files +2"))
                .anyMatch(line -> line.matches(" +unusable +1"))
                .anyMatch(line -> line.contains("ftp://c.example/"))
                .anyMatch(line -> line.matches("hosts +2"))
                .anyMatch(line -> line.matches(" +2  a.example"))
                .anyMatch(line -> line.matches("--per-host +7"))
                .anyMatch(line -> line.matches("--limit +64"))
                .anyMatch(line -> line.matches("--to +" + out))
                .anyMatch(line -> line.matches("journal +" + out + "\\.journal \\(new\\)"))
                .noneMatch(line -> line.contains("--dry-run"));
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing was written").hasSize(2);
        }
    }

    @Test
    void what_makes_no_sense_is_refused_as_it_would_be_in_earnest() {
        var run = CommandRun.of("crawl", folder.resolve("none").toString(), "--to", "-", "--dry-run");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no such file");
        assertThat(CommandRun.of("crawl", "--demo", "--dry-run").err()).contains("leave out one");
    }

    @Test
    void a_configuration_is_part_of_it() throws IOException {
        Path config = Files.writeString(folder.resolve("crawl.yaml"), """
                to: "-"
                per-host: 9
                dry-run: true
                sources: ["@%s"]
                """.formatted(list()));
        var run = CommandRun.of("crawl", "--config", config.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("inputs +6")
                .containsPattern("--per-host +9")
                .containsPattern("journal +none");

        Files.writeString(config, "per-hots: 9\n");
        var wrong = CommandRun.of("crawl", "--config", config.toString());
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains(config + ":1: there is no option 'per-hots': did you mean 'per-host'?");
    }

    @Test
    void sources_that_have_no_end_are_read_for_a_while_only() throws IOException, InterruptedException {
        try (var writer = new PipedOutputStream();
                var endless = new PipedInputStream(writer)) {
            writer.write("https://a.example/\n".getBytes(StandardCharsets.US_ASCII));
            writer.flush();
            var atMost = Duration.ofMillis(300);
            var run = DryRun.of(new Sources(List.of("-"), endless, _ -> false), atMost);
            var printed = new ByteArrayOutputStream();
            run.print(new PrintStream(printed, true, StandardCharsets.UTF_8), List.of(), atMost);

            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .containsPattern("inputs +at least [01] \\(read for 300 ms, and there are more\\)");
        }
    }
}
