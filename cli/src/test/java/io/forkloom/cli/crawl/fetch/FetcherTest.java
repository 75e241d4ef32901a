package io.forkloom.cli.crawl.fetch;

import static io.forkloom.cli.crawl.fetch.RoughServer.page;
import static io.forkloom.cli.crawl.fetch.RoughServer.redirect;
import static io.forkloom.cli.crawl.fetch.RoughServer.send;
import static io.forkloom.cli.crawl.fetch.RoughServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FetcherTest {
    private static final int MAX_SIZE = 1 << 20;
    private static final long BUDGET = 4 << 20;

    private RoughServer server;
    private final MemoryBudget budget = new MemoryBudget(BUDGET);
    private Fetcher fetcher = fetcher(Duration.ofSeconds(20), 0);

    FetcherTest() throws IOException {
        server = new RoughServer();
    }

    private Fetcher fetcher(Duration deadline, int retries) {
        return new Fetcher(new FetchOptions(8, 2, MAX_SIZE, deadline, retries), Recipe.AUTO, budget);
    }

    @BeforeEach
    void start() throws IOException {
        server.on("/ok", page("fine"));
    }

    @AfterEach
    void stop() {
        fetcher.close();
        server.close();
        assertThat(budget.free()).as("every lease was given back").isEqualTo(BUDGET);
    }

    private String failure(String path) {
        var thrown = new AtomicReference<String>();
        assertThatThrownBy(() -> fetcher.fetch(server.source(path)))
                .isInstanceOfSatisfying(FetchException.class, e -> thrown.set(String.valueOf(e.getMessage())));
        return thrown.get();
    }

    private void use(Fetcher other) {
        fetcher.close();
        fetcher = other;
    }

    @Test
    void a_page_comes_with_its_status_type_and_bytes() throws Exception {
        var fetched = fetcher.fetch(server.source("/ok"));

        assertThat(fetched.page().origin())
                .isEqualTo(new Origin(server.url("/ok"), server.url("/ok"), 200, "text/html"));
        assertThat(fetched.page().body()).asString().isEqualTo("fine");
    }

    @Test
    void the_crawler_says_who_it_is() throws Exception {
        var agent = new AtomicReference<String>();
        server.on("/agent", exchange -> {
            agent.set(exchange.getRequestHeaders().getFirst("User-Agent"));
            send(exchange, 200, new byte[0]);
        });
        fetcher.fetch(server.source("/agent"));

        assertThat(agent.get()).startsWith("forkloom-crawl/");
    }

    @Test
    void a_body_that_trickles_past_the_deadline_is_cut_off_and_the_server_sees_it() throws Exception {
        var cut = new CountDownLatch(1);
        server.on("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                // Each byte comes in time, so no time-out between reads would ever end this.
                while (!server.closed.await(20, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                }
            } catch (IOException gone) {
                cut.countDown();
            }
        });
        use(fetcher(Duration.ofMillis(700), 3));

        assertThat(failure("/trickle")).contains("no complete answer", "700 ms", "--fetch-deadline");
        assertThat(cut.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.requests("/trickle"))
                .as("a deadline is not tried again")
                .isEqualTo(1);
    }

    @Test
    void headers_that_do_not_come_end_at_the_deadline() {
        server.on("/silent", _ -> server.closed.await());
        use(fetcher(Duration.ofMillis(300), 0));

        assertThat(failure("/silent")).contains("no complete answer", "300 ms");
    }

    @Test
    void a_chain_of_redirects_has_one_deadline_altogether() {
        server.on("/slow", exchange -> {
            server.closed.await(200, TimeUnit.MILLISECONDS);
            redirect("/slow?" + server.requests("/slow")).to(exchange);
        });
        use(fetcher(Duration.ofMillis(700), 0));

        assertThat(failure("/slow")).contains("no complete answer");
        assertThat(server.requests("/slow")).isLessThan(WebFetcher.MAX_REDIRECTS);
    }

    @Test
    void a_page_larger_than_allowed_is_refused_whether_its_length_is_announced_or_not() {
        server.on("/announced", exchange -> {
            exchange.sendResponseHeaders(200, MAX_SIZE + 1L);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            server.closed.await();
        });
        server.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var piece = new byte[64 << 10];
            while (server.closed.getCount() > 0) {
                exchange.getResponseBody().write(piece);
            }
        });

        assertThat(failure("/announced")).contains("larger than --max-size allows (1 MiB)");
        assertThat(failure("/endless")).contains("larger than --max-size allows (1 MiB)");
    }

    @Test
    void a_page_of_exactly_the_allowed_size_is_taken_and_its_lease_is_its_size() throws Exception {
        server.on("/full", exchange -> send(exchange, 200, new byte[MAX_SIZE]));
        server.on("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[MAX_SIZE]);
        });

        for (var path : new String[] {"/full", "/chunked"}) {
            var fetched = fetcher.fetch(server.source(path));
            assertThat(fetched.page().body()).hasSize(MAX_SIZE);
            assertThat(budget.free()).isEqualTo(BUDGET - MAX_SIZE);
            fetched.lease().close();
        }
    }

    @Test
    void redirects_are_followed_and_the_last_address_is_the_base_of_links() throws Exception {
        server.on("/old", redirect("/older"));
        server.on("/older", redirect(server.url("/ok")));

        var origin = fetcher.fetch(server.source("/old")).page().origin();
        assertThat(origin.source()).isEqualTo(server.url("/old"));
        assertThat(origin.base()).isEqualTo(server.url("/ok"));
    }

    @Test
    void redirects_in_a_circle_or_out_of_the_web_are_not_followed() {
        server.on("/circle", redirect("/other"));
        server.on("/other", redirect("/circle#again"));
        server.on(
                "/endless",
                exchange -> redirect("/endless?" + server.requests("/endless")).to(exchange));
        server.on("/file", redirect("file:///etc/passwd"));
        server.on("/ftp", redirect("ftp://127.0.0.1/x"));
        server.on("/nowhere", exchange -> send(exchange, 302, new byte[0]));

        assertThat(failure("/circle")).contains("redirected in a circle, back to " + server.url("/circle"));
        assertThat(failure("/endless")).contains("redirected more than 10 times");
        assertThat(failure("/file")).contains("file URLs are refused");
        assertThat(failure("/ftp")).contains("only http and https");
        assertThat(failure("/nowhere")).contains("302 without a Location");
    }

    @Test
    void a_404_fails_at_once_and_a_503_is_tried_again() throws Exception {
        server.on("/gone", status(404));
        var answers = new AtomicInteger();
        server.on("/busy", exchange -> (answers.incrementAndGet() < 3 ? status(503) : page("at last")).to(exchange));
        use(fetcher(Duration.ofSeconds(20), 2));

        assertThat(failure("/gone")).isEqualTo("HTTP status 404");
        assertThat(server.requests("/gone")).isEqualTo(1);
        assertThat(fetcher.fetch(server.source("/busy")).page().body())
                .asString()
                .isEqualTo("at last");
    }

    @Test
    void when_all_attempts_fail_the_error_says_how_many_there_were() {
        server.on("/down", status(500));
        use(fetcher(Duration.ofSeconds(20), 1));

        assertThat(failure("/down")).isEqualTo("HTTP status 500 (2 attempts)");
        assertThat(server.requests("/down")).isEqualTo(2);
    }

    @Test
    void a_connection_that_is_reset_or_refused_is_tried_again_and_then_told() throws Exception {
        // Without robots.txt, which is asked for less and less often.
        var visitor = new Visitor("x", false, Optional.empty());
        use(new Fetcher(
                new FetchOptions(Traffic.of(8, 2), MAX_SIZE, Duration.ofSeconds(20), 1, visitor), Recipe.AUTO, budget));
        var accepted = new AtomicInteger();
        final URI uri;
        try (var rough = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> resetAll(rough, accepted));
            uri = URI.create("http://127.0.0.1:" + rough.getLocalPort() + "/");
            assertThatThrownBy(() -> fetcher.fetch(new Source.Web("reset", uri)))
                    .hasMessageContaining("broke")
                    .hasMessageContaining("(2 attempts)");
            assertThat(accepted.get()).isGreaterThanOrEqualTo(2);
        }
        assertThatThrownBy(() -> fetcher.fetch(new Source.Web("refused", uri)))
                .hasMessageContaining("cannot connect to 127.0.0.1:" + uri.getPort() + ": connection refused");
    }

    private static void resetAll(ServerSocket server, AtomicInteger accepted) {
        try {
            while (true) {
                try (var socket = server.accept()) {
                    socket.getInputStream().read(new byte[1]);
                    accepted.incrementAndGet();
                    // Linger 0: close sends RST instead of FIN.
                    socket.setSoLinger(true, 0);
                }
            }
        } catch (IOException over) {
            // The test has closed it.
        }
    }

    @Test
    void an_unknown_host_is_named_and_not_tried_again() {
        use(fetcher(Duration.ofSeconds(20), 3));
        assertThatThrownBy(() -> fetcher.fetch(new Source.Web("x", URI.create("http://no-such-host.invalid/"))))
                .hasMessage("no such host: no-such-host.invalid");
    }

    @Test
    void no_more_than_the_allowed_number_of_fetches_are_at_one_host() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var both = new CountDownLatch(2);
        server.on("/count", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            both.countDown();
            // Until two are there together: so the limit is reached, and a third would be seen.
            both.await();
            now.decrementAndGet();
            page("x").to(exchange);
        });
        // A host that has answered once is asked for as much as is allowed.
        fetcher.fetch(server.source("/ok"));
        var threads = new Thread[12];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.startVirtualThread(() -> {
                try {
                    fetcher.fetch(server.source("/count"));
                } catch (FetchException | InterruptedException failure) {
                    throw new AssertionError(failure);
                }
            });
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(server.requests("/count")).isEqualTo(12);
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void an_interrupt_ends_a_fetch_wherever_it_waits() throws Exception {
        var reached = new CountDownLatch(1);
        server.on("/hang", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            reached.countDown();
            server.closed.await();
        });
        var ended = new AtomicReference<Throwable>();
        var thread = Thread.startVirtualThread(() -> {
            try {
                fetcher.fetch(server.source("/hang"));
            } catch (FetchException | InterruptedException failure) {
                ended.set(failure);
            }
        });
        reached.await();
        thread.interrupt();
        thread.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void a_file_is_read_within_the_size_limit(@TempDir Path folder) throws Exception {
        Path small = Files.writeString(folder.resolve("small.txt"), "words");
        Path large = Files.write(folder.resolve("large.bin"), new byte[MAX_SIZE + 1]);

        var fetched = fetcher.fetch(new Source.Local("small.txt", small));
        assertThat(fetched.page().origin()).isEqualTo(new Origin("small.txt", "", 0, ""));
        assertThat(fetched.page().body()).asString().isEqualTo("words");
        assertThatThrownBy(() -> fetcher.fetch(new Source.Local("large.bin", large)))
                .hasMessageContaining("--max-size");
        assertThatThrownBy(() -> fetcher.fetch(new Source.Local("gone", folder.resolve("gone"))))
                .hasMessage("cannot be read: no such file");
    }
}
