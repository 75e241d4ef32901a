package io.forkloom.cli.crawl.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** On a small command with every shape of option that a command can have. */
class ConfigurationTest {
    @TempDir
    Path folder;

    @Command(name = "main")
    static final class Root {}

    static final class Group {
        @Option(names = "--to")
        List<String> to = new ArrayList<>();

        @Option(names = "--per-host")
        int perHost = 4;
    }

    @Command(name = "crawl", mixinStandardHelpOptions = true)
    static final class Crawl implements Runnable {
        @ArgGroup(validate = false)
        final Group group = new Group();

        @Option(names = "--overwrite")
        boolean overwrite;

        @Option(names = "--robots", negatable = true, defaultValue = "true", fallbackValue = "true")
        boolean robots;

        @Option(names = "--deadline")
        @Nullable
        String deadline;

        @Option(names = "-O")
        Map<String, String> parser = new LinkedHashMap<>();

        @Option(names = "--config")
        @Nullable
        Path config;

        @Parameters
        List<String> sources = new ArrayList<>();

        @Override
        public void run() {}
    }

    private Path write(String yaml) {
        try {
            return Files.writeString(folder.resolve("crawl.yaml"), yaml);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private Crawl apply(String yaml, String... arguments) {
        Path file = write(yaml);
        var crawl = new Crawl();
        var line = new CommandLine(new Root()).addSubcommand(crawl);
        line.parseArgs(Stream.concat(Stream.of("crawl", "--config", file.toString()), Stream.of(arguments))
                .toArray(String[]::new));
        Configuration.apply(
                file, Objects.requireNonNull(line.getSubcommands().get("crawl")).getCommandSpec());
        return crawl;
    }

    @Test
    void names_are_those_of_the_command_line() {
        var crawl = apply("""
                # a comment
                to: [a.jsonl, b.csv]
                per-host: 8
                overwrite: true
                deadline: 30s
                sources:
                  - https://example.org/
                  - "@urls.txt"
                  - "-"
                image: {size: 800x600, sharpen: true}
                pdf:
                  pages:
                    most: 10
                """);

        assertThat(crawl.group.to).containsExactly("a.jsonl", "b.csv");
        assertThat(crawl.group.perHost).isEqualTo(8);
        assertThat(crawl.overwrite).isTrue();
        assertThat(crawl.deadline).isEqualTo("30s");
        assertThat(crawl.sources).containsExactly("https://example.org/", "@urls.txt", "-");
        assertThat(crawl.parser)
                .isEqualTo(Map.of("image.size", "800x600", "image.sharpen", "true", "pdf.pages.most", "10"));
    }

    @Test
    void what_was_given_on_the_command_line_wins() {
        var crawl = apply("""
                to: [a.jsonl, b.csv]
                per-host: 8
                deadline: 30s
                sources: [https://example.org/]
                image: {size: 800x600, quality: 90}
                """, "--per-host", "2", "--to=c.jsonl", "-O", "image.size=10x10", "given.html");

        assertThat(crawl.group.perHost).isEqualTo(2);
        assertThat(crawl.group.to).containsExactly("c.jsonl");
        assertThat(crawl.deadline).isEqualTo("30s");
        assertThat(crawl.sources).containsExactly("given.html");
        assertThat(crawl.parser).isEqualTo(Map.of("image.size", "10x10", "image.quality", "90"));
    }

    @Test
    void false_is_what_holds_anyway_or_turns_off_what_can_be_turned_off() {
        var crawl = apply("""
                overwrite: false
                robots: false
                """);

        assertThat(crawl.overwrite).isFalse();
        assertThat(crawl.robots).isFalse();
    }

    @Test
    void values_stay_as_they_were_written() {
        assertThat(apply("deadline: 1_000").deadline).isEqualTo("1_000");
        assertThat(apply("deadline: 007").deadline).isEqualTo("007");
        assertThat(apply("deadline: on").deadline).isEqualTo("on");
        assertThat(apply("deadline: '--x'").deadline).isEqualTo("--x");
        assertThat(apply("deadline: ''").deadline).isEmpty();
    }

    @Test
    void an_empty_file_changes_nothing() {
        assertThat(apply("").group.perHost).isEqualTo(4);
        assertThat(apply("# nothing\n").group.perHost).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a: 1'                         | :1: there is no option 'a' (see forkloom crawl --help; here without the dashes)
            '\nper_host: 1'                | :2: there is no option 'per_host': did you mean 'per-host'?
            'perhots: 1'                   | :1: there is no option 'perhots': did you mean 'per-host'?
            '--deadline: 1'                | :1: there is no option '--deadline': did you mean 'deadline'?
            'source: a'                    | :1: there is no option 'source': did you mean 'sources'?
            'help: true'                   | :1: there is no option 'help'
            'config: other.yaml'           | :1: there is no option 'config'
            'per-host: many'               | :1: Invalid value for option '--per-host': 'many' is not an int
            'per-host: [1, 2]'             | :1: 'per-host' takes one value, not a list
            'per-host: {a: 1}'             | :1: 'per-host' takes a value, not a map
            'per-host:'                    | :1: 'per-host' has no value
            'overwrite: maybe'             | :1: 'overwrite' is true or false, not 'maybe'
            'to: [[a]]'                    | :1: 'to' has a list or a map where one value is expected
            'image: {size: [1]}'           | :1: 'image.size' has a list or a map where one value is expected
            'sources: {a: 1}'              | :1: 'sources' is a list: write [a, b], or one a line after a dash
            'sources: [--to]'              | :1: the source --to looks like an option: write ./--to
            'deadline: 1\n\ndeadline: 2'   | :3: 'deadline' stands in line 1 already
            'deadline: *a'                 | aliases (*) are not supported
            '- a\n- b'                     | :1: names and values are expected
            'just words'                   | :1: names and values are expected
            'deadline: 1\n---\nto: b'      | a second document begins here
            'deadline: [1'                 | is not YAML
            'deadline: 1\n\ttabs: 2'       | :2: is not YAML: while scanning for the next token, found character
            'a: {b: {c: {d: {e: {f: {g: 1}}}}}}'| maps are nested deeper than 5 levels
            """)
    void what_makes_no_sense_is_refused_with_its_line(String yaml, String message) {
        assertThatThrownBy(() -> apply(yaml.translateEscapes()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("crawl.yaml").toString())
                .hasMessageContaining(message);
    }

    @Test
    void a_file_that_cannot_be_a_configuration_is_refused() {
        var crawl = new CommandLine(new Crawl()).getCommandSpec();
        assertThatThrownBy(() -> Configuration.apply(folder.resolve("none.yaml"), crawl))
                .isInstanceOf(InputException.class)
                .hasMessage("--config " + folder.resolve("none.yaml") + ": no such file");
        assertThatThrownBy(() -> Configuration.apply(folder, crawl))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a folder");
        Path large = write("deadline: " + "x".repeat(1 << 20));
        assertThatThrownBy(() -> Configuration.apply(large, crawl))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void distances_count_changed_letters() {
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.to("hepa", List.of("heap", "help"))).contains("heap");
        assertThat(Nearest.to("zebra", List.of("heap", "help"))).isEmpty();
    }
}
