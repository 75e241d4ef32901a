package io.forkloom.cli.crawl.fetch;

import static io.forkloom.cli.crawl.fetch.RawServer.ok;
import static io.forkloom.cli.crawl.fetch.RawServer.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.Source;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As what the crawler comes, what it heeds, and what it asks again. */
@Timeout(60)
class MannersTest {
    private static final String ROBOTS = "user-agent: forkloom-crawl\ndisallow: /private\n";

    private final RawServer server;
    private Fetcher fetcher = fetcher(Visitor.plain());

    MannersTest() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        fetcher.close();
        server.close();
    }

    private static Fetcher fetcher(Visitor visitor) {
        var options = new FetchOptions(Traffic.of(8, 2), 1 << 20, Duration.ofSeconds(20), 0, visitor);
        return new Fetcher(options, Recipe.AUTO, new MemoryBudget(1 << 20));
    }

    private void use(Visitor visitor) {
        fetcher.close();
        fetcher = fetcher(visitor);
    }

    private Source.Web source(String path) {
        return new Source.Web(path, server.uri(path));
    }

    private static RawServer.Trick page(String headers, String body) {
        return ok(headers + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n", body.getBytes(UTF_8));
    }

    private static RawServer.Trick redirect(String to) {
        return text("HTTP/1.1 302 Found\r\nLocation: " + to + "\r\nContent-Length: 0\r\n\r\n");
    }

    private long asked(String path) {
        return server.requests().stream()
                .filter(head -> head.startsWith("GET " + path + " "))
                .count();
    }

    @Test
    void robots_txt_is_asked_once_and_heeded_after_redirects_too() throws Exception {
        server.on("/robots.txt", page("", ROBOTS)).on("/a", page("", "a")).on("/b", redirect("/private/c"));
        assertThat(fetcher.fetch(source("/a")).page().body()).asString().isEqualTo("a");
        for (String path : new String[] {"/private/c", "/b"}) {
            assertThatThrownBy(() -> fetcher.fetch(source(path)))
                    .hasMessage("robots.txt of 127.0.0.1 disallows it (--ignore-robots, where you may)");
        }
        assertThat(asked("/robots.txt")).isEqualTo(1);
        assertThat(asked("/private/c")).isZero();
    }

    @Test
    void robots_txt_may_be_behind_five_redirects_and_is_none_behind_more() throws Exception {
        server.on("/private", page("", "p")).on("/robots.txt", redirect("/r1"));
        for (int i = 1; i < 5; i++) {
            server.on("/r" + i, redirect("/r" + (i + 1)));
        }
        server.on("/r5", page("", ROBOTS));
        assertThatThrownBy(() -> fetcher.fetch(source("/private"))).hasMessageContaining("disallows");

        server.on("/r5", redirect("/r6")).on("/r6", page("", ROBOTS));
        use(Visitor.plain());
        assertThat(fetcher.fetch(source("/private")).page().body()).asString().isEqualTo("p");
    }

    @Test
    void of_a_long_robots_txt_the_start_holds() {
        server.on("/robots.txt", page("", ROBOTS + "#".repeat(WebFetcher.ROBOTS_SIZE) + "\nallow: /private"));
        assertThatThrownBy(() -> fetcher.fetch(source("/private"))).hasMessageContaining("disallows");
    }

    @Test
    void a_server_whose_robots_txt_fails_is_left_alone_unless_told_otherwise() throws Exception {
        server.on("/robots.txt", text("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"))
                .on("/a", page("", "a"));
        assertThatThrownBy(() -> fetcher.fetch(source("/a")))
                .hasMessage("robots.txt of 127.0.0.1 cannot be read, so nothing else is: HTTP status 500"
                        + " (--ignore-robots, where you may)");
        assertThat(asked("/a")).isZero();
        use(new Visitor(Visitor.PRODUCT, false, Optional.empty()));
        assertThat(fetcher.fetch(source("/a")).page().body()).asString().isEqualTo("a");
    }

    @Test
    void a_place_that_was_taken_before_is_used_and_given_back() throws Exception {
        server.on("/a", page("", "a"))
                .on("/down", text("HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"));
        String host = "127.0.0.1:" + server.uri("/").getPort();
        var left = new AtomicInteger();
        fetcher.hosts().onLeave(left::incrementAndGet);
        var place = fetcher.hosts().tryEnter(host).orElseThrow();
        assertThat(fetcher.fetch(source("/a"), Validators.NONE, place)).isInstanceOf(Fetched.class);
        assertThat(left.get()).isEqualTo(1);

        var other = fetcher.hosts().tryEnter(host).orElseThrow();
        assertThatThrownBy(() -> fetcher.fetch(source("/down"), Validators.NONE, other))
                .isInstanceOfSatisfying(
                        FetchException.class,
                        why -> assertThat(why.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(fetcher.hosts().tryEnter(host)).isEmpty();
        assertThat(fetcher.hosts().opensIn(host))
                .isBetween(1L, Duration.ofSeconds(7).toNanos());
    }

    @Test
    void a_page_that_has_not_changed_is_not_sent_again() throws Exception {
        server.on("/a", page("ETag: \"x\"\r\nLast-Modified: Sat, 01 Nov 2025 10:00:00 GMT\r\n", "a"));
        var first = fetcher.fetch(source("/a"));
        assertThat(first.validators()).isEqualTo(new Validators("\"x\"", "Sat, 01 Nov 2025 10:00:00 GMT"));

        server.on("/a", text("HTTP/1.1 304 Not Modified\r\n\r\n"));
        var again = fetcher.fetch(source("/a"), first.validators(), null);
        assertThat(again).isInstanceOf(Unchanged.class);
        assertThat(again.validators()).isEqualTo(first.validators());
        assertThat(server.requests().getLast())
                .contains("If-None-Match: \"x\"\r\n", "If-Modified-Since: Sat, 01 Nov 2025 10:00:00 GMT\r\n");
    }

    @Test
    void a_file_that_has_not_changed_is_not_read_again(@TempDir Path folder) throws Exception {
        var file = new Source.Local("f", Files.writeString(folder.resolve("f"), "one"));
        var first = fetcher.fetch(file);
        assertThat(fetcher.fetch(file, first.validators(), null)).isInstanceOf(Unchanged.class);
        Files.writeString(file.path(), "longer");
        assertThat(fetcher.fetch(file, first.validators(), null)).isInstanceOf(Fetched.class);
    }

    @Test
    void validators_that_could_not_be_sent_are_none() {
        assertThat(new Validators("\"a\r\nb\"", "x".repeat(501)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | 7",
                "Sat, 01 Nov 2025 10:00:30 GMT | 30",
                "Saturday, 01-Nov-25 10:00:30 GMT | 30",
                "Sat Nov  1 10:00:30 2025 | 30",
                "Sat, 01 Nov 2025 09:00:00 GMT | 0",
                "-5 | 0",
                "soon | 0",
                "99999999999 | 0",
            })
    void retry_after_is_a_number_or_a_date(String header, long seconds) {
        assertThat(RetryAfter.parse(header, Instant.parse("2025-11-01T10:00:00Z")))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void who_comes_says_so_with_a_contact() {
        var flags = new FetchFlags();
        flags.contact = "https://example.org/bot";
        assertThat(flags.options(Duration.ofSeconds(1)).visitor().userAgent())
                .matches("forkloom-crawl/\\S+ \\(\\+https://example\\.org/bot\\)");
        flags.userAgent = "AcmeBot/2";
        flags.contact = "bot@example.org";
        var visitor = flags.options(Duration.ofSeconds(1)).visitor();
        assertThat(visitor.userAgent()).isEqualTo("AcmeBot/2 (+bot@example.org)");
        assertThat(visitor.product()).isEqualTo("AcmeBot");
        flags.contact = "me";
        assertThatThrownBy(() -> flags.options(Duration.ofSeconds(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--contact 'me' is neither a URL nor a mail address");
        flags.contact = null;
        flags.userAgent = "Bot\r\nX: y";
        assertThatThrownBy(() -> flags.options(Duration.ofSeconds(1))).hasMessageContaining("--user-agent");
        flags.userAgent = null;
        flags.rate = Double.NaN;
        assertThatThrownBy(() -> flags.options(Duration.ofSeconds(1))).hasMessageContaining("--rate");
    }

    @Test
    void a_proxy_is_asked_for_hosts_elsewhere_and_this_machine_directly() throws Exception {
        server.on("http://site.example/robots.txt", text("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"));
        server.on("http://site.example/x", page("", "by proxy")).on("/x", page("", "directly"));
        String proxy = "http://127.0.0.1:" + server.uri("/").getPort();
        use(new Visitor(Visitor.PRODUCT, true, Proxies.of(proxy, Map.of())));
        var elsewhere = new Source.Web("x", URI.create("http://site.example/x"));
        assertThat(fetcher.fetch(elsewhere).page().body()).asString().isEqualTo("by proxy");
        assertThat(fetcher.fetch(source("/x")).page().body()).asString().isEqualTo("directly");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/, p:80",
        "https://a.example/, s:3128",
        "http://no.example/, direct",
        "http://below.no.example/, direct",
        "http://dot.example/, direct",
        "http://also-no.example/, p:80",
        "http://port.example:99/, direct",
        "http://port.example:98/, p:80",
        "http://localhost:99/, direct",
        "http://127.1.2.3/, direct",
        "http://[::1]/, direct",
    })
    void the_environment_says_what_goes_by_which_proxy(URI uri, String by) {
        var selector = Proxies.of(
                        null,
                        Map.of(
                                "http_proxy", "p",
                                "HTTPS_PROXY", "http://s:3128/",
                                "no_proxy", "no.example, .dot.example,port.example:99"))
                .orElseThrow();
        assertThat(words(selector, uri)).isEqualTo(by);
    }

    private static String words(ProxySelector selector, URI uri) {
        var proxy = selector.select(uri).getFirst();
        return proxy.equals(Proxy.NO_PROXY)
                ? "direct"
                : String.valueOf(proxy.address()).replace("/<unresolved>", "");
    }

    @Test
    void a_proxy_that_makes_no_sense_is_refused() {
        assertThat(Proxies.of(null, Map.of("HTTP_PROXY", "evil"))).isEmpty();
        assertThat(Proxies.of(null, Map.of("http_proxy", "x", "no_proxy", "*"))
                        .map(selector -> words(selector, URI.create("http://a/"))))
                .contains("direct");
        for (String wrong : new String[] {"socks5://a:1", "http://", "http://a:99999", "::"}) {
            assertThatThrownBy(() -> Proxies.of(wrong, Map.of()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--proxy '" + wrong + "' is not a proxy");
        }
        assertThatThrownBy(() -> Proxies.of(null, Map.of("https_proxy", "http://me:secret@a:1")))
                .hasMessageContaining("https_proxy has a user name")
                .hasMessageNotContaining("secret");
    }
}
