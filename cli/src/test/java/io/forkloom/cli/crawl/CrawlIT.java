package io.forkloom.cli.crawl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import io.forkloom.cli.Console;
import io.forkloom.cli.Size;
import io.forkloom.cli.crawl.deliver.DeliverFlags;
import io.forkloom.cli.crawl.fetch.FetchOptions;
import io.forkloom.cli.crawl.fetch.RoughServer;
import io.forkloom.cli.crawl.fetch.Scope;
import io.forkloom.cli.crawl.parse.ParseOptions;
import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.Sources;
import io.forkloom.cli.crawl.view.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole crawls with real workers. */
@Timeout(120)
class CrawlIT {
    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private static Map<String, JsonNode> bySource(Path file) throws IOException {
        var found = new HashMap<String, JsonNode>();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = JsonMapper.shared().readTree(line);
            assertThat(found.put(json.get("source").stringValue(), json))
                    .as("one line an input")
                    .isNull();
        }
        return found;
    }

    @Test
    void the_demo_loses_five_pages_and_nothing_else() throws IOException {
        var run = CommandRun.of("crawl", "--demo", "--json", "--to", out().toString());

        assertThat(run.err()).contains("all 300 other pages are done", out() + ".failed.jsonl");
        assertThat(run.exitCode()).isZero();
        var account = (ObjectNode) JsonMapper.shared().readTree(run.out());
        assertThat(account.remove(List.of("seconds", "journal")).size()).isEqualTo(8);
        assertThat((JsonNode) account).isEqualTo(JsonMapper.shared().readTree("""
                        {"read": 305, "done": 300, "failed": 5, "skipped": 0, "waiting": 0, "duplicates": 0,
                         "outcomes": {"Completed": 300, "Failed": 2, "TimedOut": 1, "OutOfMemory": 1, "Crashed": 1,
                                      "Cancelled": 0, "NotStarted": 0},
                         "skips": {"Duplicate": 0, "Unchanged": 0, "Disallowed": 0}}"""));
        assertThat(bySource(out())).hasSize(300).allSatisfy((_, page) -> {
            assertThat(page.get("language").stringValue()).isEqualTo("en");
            assertThat(page.get("status").intValue()).isEqualTo(200);
        });
        assertThat(bySource(Path.of(out() + ".failed.jsonl")).values())
                .extracting(json -> json.get("stage").stringValue() + " "
                        + json.get("outcome").stringValue())
                .containsExactlyInAnyOrder(
                        "parse Crashed", "parse TimedOut", "parse OutOfMemory", "fetch Failed", "fetch Failed");
    }

    @Test
    void a_folder_gives_one_result_a_file_with_its_hash() throws Exception {
        Path site = Files.createDirectory(folder.resolve("site"));
        var hashes = new HashMap<String, String>();
        for (int i = 0; i < 400; i++) {
            Path file = Files.createDirectories(site.resolve("d" + i % 7)).resolve(i + ".html");
            byte[] page = ("<html lang=fr><title>Page " + i + "</title><p>" + "mot ".repeat(i)).getBytes(UTF_8);
            Files.write(file, page);
            hashes.put(
                    file.toString(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-512").digest(page)));
        }
        var run = CommandRun.of("crawl", site.toString(), "--to", out().toString(), "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("400 read: 400 done, 0 failed");
        var results = bySource(out());
        assertThat(results).hasSameSizeAs(hashes);
        results.forEach((source, page) -> {
            assertThat(page.get("sha512").stringValue()).isEqualTo(hashes.get(source));
            assertThat(page.get("worker").stringValue()).matches("[0-9]+\\.1");
            assertThat(page.has("status")).isFalse();
        });
        assertThat(Path.of(out() + ".failed.jsonl")).doesNotExist();
    }

    @Test
    void a_folder_full_of_pages_that_crash_their_parser_does_not_wear_the_pool_out() throws IOException {
        for (int i = 0; i < 9; i++) {
            String what = i == 4 ? "<title>harmless</title>" : "<meta name=forkloom-demo content=crash>";
            Files.writeString(folder.resolve(i + ".html"), what);
        }
        var fetch = new FetchOptions(64, 4, 1 << 20, Duration.ofSeconds(30), 0);
        var parse = ParseOptions.of(Recipe.DEMO, Duration.ofSeconds(30), 2, Size.of("64m"));
        var targets = new DeliverFlags().targets(List.of(out().toString()), List.of());
        var sources = new Sources(List.of(folder.toString()), InputStream.nullInputStream(), targets::isOwn);
        var output = new CrawlPlan.Output(targets, new Terms(Map.of()), false, Set.of(), Optional.empty());
        var plan = new CrawlPlan(
                sources,
                fetch,
                parse,
                new CrawlPlan.Following(0, Scope.HOST, false, false),
                output,
                Optional.empty(),
                true);
        try (var stop = new StopButton()) {
            var console = new Console(InputStream.nullInputStream(), System.out, System.err, false);
            var summary = Crawl.run(plan, new Crawl.Onlookers(console, new Meter(), _ -> {}), stop);

            assertThat(summary.words()).startsWith("9 read: 1 done, 8 failed (8 Crashed)");
            assertThat(summary.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void a_place_that_takes_nothing_ends_the_crawl_with_one_line_also_if_it_is_the_last_page() throws IOException {
        Path page = Files.writeString(folder.resolve("a.html"), "<title>a</title>");
        var run = CommandRun.of("crawl", page.toString(), "--to", "/dev/full", "--workers", "1", "--quiet");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("forkloom: cannot write /dev/full: ").hasLineCount(1);
    }

    @Test
    void a_list_from_standard_input_with_some_bad_lines_ends_with_1() throws IOException {
        try (var server = new RoughServer().on("/a", RoughServer.page("<title>A</title>"))) {
            server.on("/gone", RoughServer.status(404));
            String list =
                    "# two pages\n" + server.url("/a") + "\n" + server.url("/gone") + "\nhttp://\n/no/such/file\n";
            var run = CommandRun.withInput(list, "crawl", "-", "--to", out().toString(), "--workers", "1", "--quiet");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).isEmpty();
            assertThat(bySource(out())).containsOnlyKeys(server.url("/a"));
            var failures = bySource(Path.of(out() + ".failed.jsonl"));
            assertThat(failures).containsOnlyKeys(server.url("/gone"), "http://", "/no/such/file");
            assertThat(failures.values())
                    .extracting(json -> json.get("error").stringValue())
                    .contains("no such file", "HTTP status 404");
        }
    }

    @Test
    void when_every_input_fails_the_exit_code_is_3_and_standard_output_stays_clean() throws IOException {
        try (var server = new RoughServer().on("/gone", RoughServer.status(410))) {
            var run = CommandRun.of("crawl", server.url("/gone"), "--to", "-", "--json", "--workers", "1");

            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("\"outcome\":\"Failed\"").contains("{\"read\":1,\"done\":0,\"failed\":1,");
        }
    }
}
