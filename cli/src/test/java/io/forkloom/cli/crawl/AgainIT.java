package io.forkloom.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import io.forkloom.cli.crawl.fetch.RoughServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Crawls that follow links, and crawls that build on earlier ones. */
@Timeout(120)
class AgainIT {
    @TempDir
    Path folder;

    private RoughServer server;

    @BeforeEach
    void open() throws IOException {
        server = new RoughServer();
        server.on("/", RoughServer.status(404));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private List<String> sources(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> JsonMapper.shared().readTree(line).get("source").stringValue())
                .sorted()
                .toList();
    }

    private static JsonNode account(CommandRun run) {
        return JsonMapper.shared().readTree(run.out());
    }

    private CommandRun crawl(String... arguments) {
        var all = new java.util.ArrayList<>(List.of("crawl", "--workers", "1", "--quiet", "--json"));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void links_are_followed_within_the_scope_and_robots_txt_and_the_same_content_counts_once() throws IOException {
        server.on("/robots.txt", RoughServer.page("User-agent: *\nDisallow: /private\n"));
        server.on(
                "/start",
                RoughServer.page("<a href=/one>1</a><a href='/one#part'>1</a><a href=/private/x>2</a>"
                        + "<a href=http://elsewhere.example/>3</a>"));
        server.on("/one", RoughServer.page("<a href=/two>1</a><a href=/copy>2</a><a href=/start>3</a>"));
        server.on("/two", RoughServer.page("<p>the same</p><a href=/deeper>1</a>"));
        server.on("/copy", RoughServer.page("<p>the same</p><a href=/deeper>1</a>"));
        server.on("/deeper", RoughServer.page("too deep"));

        var run = crawl(server.url("/start"), "--follow", "2", "--to", out("a.jsonl"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(sources("a.jsonl")).hasSize(3).contains(server.url("/start"), server.url("/one"));
        assertThat(account(run).get("skips").get("Duplicate").intValue()).isEqualTo(1);
        assertThat(account(run).get("skips").get("Disallowed").intValue()).isEqualTo(1);
        assertThat(account(run).get("read").intValue()).isEqualTo(5);
        assertThat(server.requests("/deeper")).isZero();
    }

    @Test
    void what_failed_is_tried_again_into_the_same_output_or_is_the_source_of_another() throws IOException {
        var broken = new AtomicBoolean(true);
        server.on("/good", RoughServer.page("good"));
        server.on("/bad", exchange -> {
            if (broken.get()) {
                RoughServer.send(exchange, 404, new byte[0]);
            } else {
                RoughServer.send(exchange, 200, "well again".getBytes(StandardCharsets.UTF_8));
            }
        });
        var first = crawl(server.url("/good"), server.url("/bad"), "--to", out("a.jsonl"));
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(Path.of(out("a.jsonl.failed.jsonl"))).exists();

        var status = CommandRun.of("crawl", "--status", "--to", out("a.jsonl"));
        assertThat(status.out()).isEqualTo("complete: 2 inputs, 1 done, 0 waiting, failed 1 Failed\n");
        var again = crawl(server.url("/good"), server.url("/bad"), "--to", out("a.jsonl"));
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("is complete (1 done)", "--retry");

        broken.set(false);
        var other = crawl("--from-failed", out("a.jsonl"), "--to", out("b.jsonl"));
        assertThat(other.exitCode()).as(other.err()).isZero();
        assertThat(sources("b.jsonl")).containsExactly(server.url("/bad"));

        var retried = crawl("--retry", "failed", "--to", out("a.jsonl"));
        assertThat(retried.exitCode()).as(retried.err()).isZero();
        assertThat(sources("a.jsonl")).containsExactly(server.url("/bad"), server.url("/good"));
        assertThat(Path.of(out("a.jsonl.failed.jsonl"))).doesNotExist();
        assertThat(server.requests("/good")).isEqualTo(1);
    }

    @Test
    void a_dry_run_names_the_journal_that_is_gone_on_with_and_refuses_what_the_crawl_would() throws IOException {
        server.on("/a", RoughServer.status(404));
        Path left = Files.writeString(folder.resolve("left.jsonl"), "of somebody else");
        assertThat(crawl(server.url("/a"), "--to", out("a.jsonl")).exitCode()).isEqualTo(3);

        var complete = crawl(server.url("/a"), "--to", out("a.jsonl"), "--dry-run");
        assertThat(complete.exitCode()).isEqualTo(2);
        assertThat(complete.err()).contains("is complete (0 done)");
        var other = crawl("--retry", "all", "--parse", "sha512", "--to", out("a.jsonl"), "--dry-run");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("was begun with --parse auto, and now sha512");
        var existing = crawl(server.url("/a"), "--to", left.toString(), "--dry-run");
        assertThat(existing.exitCode()).isEqualTo(2);
        assertThat(existing.err()).contains(left + " exists");

        var again = crawl("--retry", "all", "--to", out("a.jsonl"), "--dry-run");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).containsPattern("journal +" + out("a.jsonl") + ".journal \\(goes on with it\\)");
        assertThat(server.requests("/a")).isEqualTo(1);
    }

    @Test
    void a_page_that_has_not_changed_since_an_earlier_crawl_is_skipped_and_its_links_are_not() throws IOException {
        server.on("/start", exchange -> {
            if ("\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                RoughServer.send(exchange, 304, new byte[0]);
            } else {
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                RoughServer.send(exchange, 200, "<a href=/news>n</a>".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.on("/news", RoughServer.page("always new"));
        assertThat(crawl(server.url("/start"), "--follow", "1", "--to", out("a.jsonl"))
                        .exitCode())
                .isZero();

        var since = crawl(server.url("/start"), "--follow", "1", "--since", out("a.jsonl"), "--to", out("b.jsonl"));
        assertThat(since.exitCode()).as(since.err()).isZero();
        assertThat(account(since).get("skips").get("Unchanged").intValue()).isEqualTo(1);
        assertThat(sources("b.jsonl")).containsExactly(server.url("/news"));
    }

    @Test
    void a_crawl_is_gone_on_with_by_the_same_terms_only() throws IOException {
        server.on("/a", RoughServer.page("a"));
        assertThat(crawl(server.url("/a"), "--to", out("a.jsonl")).exitCode()).isZero();
        var other = crawl("--retry", "all", "--parse", "sha512", "--to", out("a.jsonl"));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("was begun with --parse auto, and now sha512");
        assertThat(sources("a.jsonl")).containsExactly(server.url("/a"));
    }
}
