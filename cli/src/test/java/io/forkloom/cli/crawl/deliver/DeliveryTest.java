package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.parse.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeliveryTest {
    private static final Result RESULT = new Result(
            new Origin("a.html", "", 0, ""),
            "text/html",
            new Result.Content(3, "cafe"),
            "{\"source\":\"a.html\"}".getBytes(UTF_8),
            List.of(),
            new Result.Effort("0.1", 1.5));
    private static final Failure FAILURE = new Failure("b.html", "parse", "Crashed", "two\nlines");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(
            InputStream.nullInputStream(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);

    private Delivery open(boolean overwrite) {
        return Delivery.open(Destination.of(folder.resolve("out").toString(), overwrite), console);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void nothing_stands_under_the_final_names_before_the_commit() throws IOException {
        try (var delivery = open(false)) {
            delivery.deliver(RESULT);
            delivery.fail(FAILURE);
            assertThat(files()).hasSize(2).allMatch(name -> name.startsWith(".out"));
            delivery.commit();
        }
        assertThat(files()).containsExactly("out", "out.failed.jsonl");
        JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("out.failed.jsonl")));
        assertThat(json)
                .hasToString(
                        "{\"source\":\"b.html\",\"stage\":\"parse\",\"outcome\":\"Crashed\",\"error\":\"two\\nlines\"}");
    }

    @Test
    void without_a_commit_nothing_is_left_and_an_old_file_stays() throws IOException {
        Files.writeString(folder.resolve("out"), "old");
        try (var delivery = open(true)) {
            delivery.deliver(RESULT);
            delivery.fail(FAILURE);
        }
        assertThat(files()).containsExactly("out");
        assertThat(folder.resolve("out")).hasContent("old");
    }

    @Test
    void an_existing_file_is_refused_unless_it_may_be_overwritten_and_stale_failures_go() throws IOException {
        Files.writeString(folder.resolve("out.failed.jsonl"), "old");
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("out.failed.jsonl exists")
                .hasMessageContaining("--overwrite");

        try (var delivery = open(true)) {
            delivery.deliver(RESULT);
            delivery.commit();
        }
        assertThat(files()).containsExactly("out");
    }

    @Test
    void a_file_that_appears_meanwhile_is_not_overwritten_and_the_results_are_kept() throws IOException {
        try (var delivery = open(false)) {
            delivery.deliver(RESULT);
            Files.writeString(folder.resolve("out"), "somebody else's");
            assertThatThrownBy(delivery::commit).hasMessageContaining("appeared meanwhile");
        }
        assertThat(folder.resolve("out")).hasContent("somebody else's");
        assertThat(files()).hasSize(2);
    }

    @Test
    void a_link_is_kept_and_the_file_that_it_names_replaced() throws IOException {
        Files.writeString(folder.resolve("real"), "old");
        Files.createSymbolicLink(folder.resolve("out"), folder.resolve("real"));
        try (var delivery = open(true)) {
            delivery.deliver(RESULT);
            delivery.commit();
        }
        assertThat(Files.isSymbolicLink(folder.resolve("out"))).isTrue();
        assertThat(Files.readAllLines(folder.resolve("real"))).hasSize(1);
    }

    @Test
    void to_standard_output_results_are_lines_and_failures_go_to_standard_error() throws IOException {
        try (var delivery = Delivery.open(Destination.of("-", false), console)) {
            delivery.deliver(RESULT);
            delivery.fail(FAILURE);
            assertThat(out.toString(UTF_8)).endsWith("}\n");
            delivery.commit();
        }
        assertThat(err.toString(UTF_8)).startsWith("{\"source\":\"b.html\"").endsWith("}\n");
    }

    @Test
    void a_device_is_written_as_it_is() throws IOException {
        try (var delivery = Delivery.open(Destination.of("/dev/null", false), console)) {
            delivery.deliver(RESULT);
            delivery.commit();
        }
        assertThat(Path.of("/dev/null.failed.jsonl")).doesNotExist();
    }
}
