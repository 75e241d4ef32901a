package io.forkloom.cli.crawl.view.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.forkloom.cli.crawl.view.Meter;
import io.forkloom.cli.crawl.view.RecordedCrawl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, from a server that notes what it is asked for. */
@Timeout(180)
class BrowserIT {
    private static final Optional<Path> BROWSER = Stream.of(
                    System.getenv("PATH").split(":"))
            .flatMap(folder ->
                    Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String page = "";
    private final HttpServer server;

    @TempDir
    Path folder;

    BrowserIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    }

    @BeforeEach
    void open() {
        assumeTrue(BROWSER.isPresent(), "there is no chromium here: apt-get install chromium");
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().getPath());
                byte[] body = page.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private record Seen(String dom, String log) {}

    private Seen open(String html) throws IOException, InterruptedException {
        page = html;
        requests.clear();
        Path dom = folder.resolve("dom");
        Path log = folder.resolve("log");
        var chromium = new ProcessBuilder(
                        BROWSER.orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/report.html")
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(chromium.waitFor(90, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            chromium.descendants().forEach(ProcessHandle::destroyForcibly);
            chromium.destroyForcibly();
        }
        return new Seen(Files.readString(dom), Files.readString(log));
    }

    @Test
    void the_page_renders_asks_for_nothing_and_breaks_none_of_its_own_rules() throws Exception {
        var crawl = RecordedCrawl.of(3, 60);
        var seen = open(HtmlReport.of(crawl.findings(), crawl.facts()));

        assertThat(seen.dom()).contains("<h2>Throughput</h2>", "class=\"area done\"", "slow.archive.example");
        assertThat(requests).containsExactly("/report.html");
        assertThat(seen.log()).doesNotContain("Content Security Policy");
    }

    @Test
    void names_that_try_to_be_markup_stay_text() throws Exception {
        String evil = "<img src=/evil1><script src=/evil2></script><style>@import '/evil3'</style>";
        var meter = new Meter();
        meter.fetched(evil, 5, 5);
        meter.fetchFailed("\"><iframe src=/evil4>", evil);
        meter.parsed(evil, 5, 5);
        meter.ended("Failed", evil, evil);
        var seen = open(HtmlReport.of(meter.findings(), RecordedCrawl.of(3, 2).facts()));

        assertThat(seen.dom()).contains("&lt;img src=/evil1&gt;").doesNotContain("<img", "<script", "<iframe");
        assertThat(requests).containsExactly("/report.html");
    }

    @Test
    void even_markup_in_the_page_could_load_nothing() throws Exception {
        String evil = "<img src=\"/evil1\"/><link rel=\"stylesheet\" href=\"/evil2\"/><script src=\"/evil3\"></script>"
                + "<script>document.title = 'evil'</script></main>";
        var crawl = RecordedCrawl.of(3, 2);
        var html = HtmlReport.of(crawl.findings(), crawl.facts()).replace("</main>", evil);

        var seen = open(html);
        assertThat(requests).containsExactly("/report.html");
        assertThat(seen.dom()).doesNotContain("<title>evil");
        assertThat(seen.log()).contains("Content Security Policy");

        // That the server would have noticed: the same page without its rules.
        open(html.replaceFirst("<meta http-equiv[^>]*>", ""));
        assertThat(requests).contains("/evil1", "/evil2", "/evil3");
    }
}
