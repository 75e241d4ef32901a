package io.forkloom.cli.crawl.deliver;

import static io.forkloom.cli.crawl.deliver.Parcels.CONSOLE;
import static io.forkloom.cli.crawl.deliver.Parcels.parcel;
import static io.forkloom.cli.crawl.deliver.Parcels.parcels;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.HttpOptions.Header;
import io.forkloom.cli.crawl.deliver.HttpOptions.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results on their way to a real server, which takes, refuses, fails, is late or hangs up. */
@Timeout(60)
class HttpSinkTest {
    private static final Patience LITTLE =
            new Patience(4, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(20));

    /** Answers a result whose body it is given. */
    private interface Receiver {
        void receive(HttpExchange exchange, String body) throws Exception;
    }

    private final Map<String, String> stored = new ConcurrentHashMap<>(); // by Idempotency-Key
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private volatile Receiver receiver = (exchange, body) -> take(exchange, body, 201);

    @TempDir
    Path folder;

    HttpSinkTest() throws IOException {
        server = start(0);
    }

    private HttpServer start(int port) throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        started.setExecutor(threads);
        started.createContext("/", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                receiver.receive(exchange, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            } catch (Exception failure) {
                throw new IOException(failure);
            }
        });
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange, String body, int status) throws IOException {
        stored.put(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
        answer(exchange, status, "");
    }

    private static void answer(HttpExchange exchange, int status, String words) throws IOException {
        exchange.sendResponseHeaders(status, words.isEmpty() ? -1 : words.getBytes(UTF_8).length);
        exchange.getResponseBody().write(words.getBytes(UTF_8));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Targets targets(String method, Patience patience, String... places) {
        var http = new HttpOptions(method, List.of(new Header("Authorization", "Bearer secret")), 4, patience);
        var reader = new TargetReader(new DeliverOptions(false, OptionalLong.empty(), "pages", Fields.STANDARD, http));
        return new Targets(List.of(places).stream().map(reader::read).toList(), false);
    }

    private void deliver(Targets targets, List<Parcel> results) throws InterruptedException {
        try (var sinks = targets.open(Map.of(), CONSOLE)) {
            sinks.write(results);
            sinks.flush();
        }
    }

    @Test
    void each_result_is_posted_once_with_its_key_and_the_headers_of_the_user() throws Exception {
        var seen = new ArrayList<String>();
        receiver = (exchange, body) -> {
            var headers = exchange.getRequestHeaders();
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + headers.getFirst("Content-Type") + " " + headers.getFirst("Authorization") + " "
                    + headers.getFirst("User-Agent").replaceFirst("/.*", ""));
            take(exchange, body, 204);
        };
        deliver(targets("POST", LITTLE, url() + "/in?a=1"), List.of(parcel("k")));
        assertThat(seen).containsExactly("POST /in?a=1 application/json Bearer secret forkloom-crawl");
        assertThat(stored.values())
                .containsExactly(new String(parcel("k").result().json(), UTF_8));
        assertThat(stored.keySet()).containsExactly(Sender.idempotencyKey(parcel("k")));
    }

    @Test
    void put_names_the_key_in_the_address() throws Exception {
        var seen = ConcurrentHashMap.<String>newKeySet();
        receiver = (exchange, body) -> {
            seen.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + "?"
                            + exchange.getRequestURI().getRawQuery());
            take(exchange, body, 200);
        };
        deliver(targets("PUT", LITTLE, url() + "/docs"), List.of(parcel("http://a/b c?d=é+1")));
        deliver(targets("PUT", LITTLE, url() + "/docs/{key}/raw?v=1"), List.of(parcel("k")));
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "PUT /docs/http%3A%2F%2Fa%2Fb%20c%3Fd%3D%C3%A9%2B1?null", "PUT /docs/k/raw?v=1");
    }

    @Test
    void as_many_are_under_way_as_was_said_and_no_more() throws Exception {
        var together = new CyclicBarrier(4);
        var under = new AtomicInteger();
        var most = new AtomicInteger();
        receiver = (exchange, body) -> {
            most.accumulateAndGet(under.incrementAndGet(), Math::max);
            together.await(30, TimeUnit.SECONDS);
            under.decrementAndGet();
            take(exchange, body, 200);
        };
        deliver(targets("POST", LITTLE, url()), parcels(0, 40));
        assertThat(stored).hasSize(40);
        assertThat(most).hasValue(4);
    }

    @Test
    void what_it_has_stored_before_it_hung_up_comes_again_under_the_same_key() throws Exception {
        receiver = (exchange, body) -> {
            boolean first = stored.put(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body) == null;
            if (!first) {
                answer(exchange, 200, "known");
            }
            // Else the exchange is closed without an answer.
        };
        deliver(targets("POST", LITTLE, url()), parcels(0, 10));
        assertThat(stored).hasSize(10);
        assertThat(requests).hasValueGreaterThanOrEqualTo(20);
    }

    @Test
    void a_result_that_is_refused_is_told_with_the_servers_words_and_is_in_no_file_behind() throws Exception {
        receiver = (exchange, body) -> {
            if (body.contains("http://a/1\"")) {
                answer(exchange, 422, "no title\n" + "é".repeat(500));
            } else {
                take(exchange, body, 200);
            }
        };
        var batch = parcels(0, 3);
        deliver(targets("POST", LITTLE, folder + "/o", url() + "/in?secret"), batch);
        assertThat(batch.get(1).refusal().orElseThrow())
                .startsWith("not delivered to " + url() + "/in: HTTP status 422: no title\néé")
                .doesNotContain("secret")
                .hasSizeLessThan(250);
        assertThat(batch.get(0).refusal()).isEmpty();
        assertThat(stored).hasSize(2);
        assertThat(Files.readAllLines(folder.resolve("o.part")))
                .extracting(line -> line.substring(20, 21))
                .containsExactly("0", "2");
        assertThat(requests).hasValue(3);
    }

    @Test
    void errors_that_pass_are_waited_for() throws Exception {
        var errors = new ArrayList<>(List.of(503, 429, 500, 408, 425, 502));
        receiver = (exchange, body) -> {
            Integer error;
            synchronized (errors) {
                error = errors.isEmpty() ? null : errors.removeFirst();
            }
            if (error == null) {
                take(exchange, body, 200);
            } else {
                exchange.getResponseHeaders().set("Retry-After", "0");
                answer(exchange, error, "not now");
            }
        };
        deliver(targets("POST", LITTLE, url()), parcels(0, 3));
        assertThat(stored).hasSize(3);
        assertThat(requests).hasValue(9);
    }

    @Test
    void the_pause_doubles_up_to_a_bound_and_is_at_least_what_the_server_asks_for() {
        var patience = Patience.USUAL;
        assertThat(List.of(1, 2, 3, 6, 7, 13).stream()
                        .map(attempt -> patience.after(attempt, Duration.ZERO).toMillis()))
                .containsExactly(200L, 400L, 800L, 6_400L, 10_000L, 10_000L);
        assertThat(patience.after(1, Duration.ofSeconds(7))).hasSeconds(7);
        assertThat(patience.after(1, Duration.ofDays(7))).hasMinutes(1);
    }

    @Test
    void a_server_that_stays_down_ends_the_crawl_with_one_line_and_takes_the_rest_when_it_is_back() throws Exception {
        String url = url();
        int port = server.getAddress().getPort();
        var targets = targets("POST", LITTLE, url + "/?secret", folder + "/o");
        server.stop(0);
        assertThatThrownBy(() -> deliver(targets, parcels(0, 50)))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot write " + url + "/: connection refused (4 attempts)");
        server = start(port);
        deliver(targets, parcels(0, 50));
        assertThat(stored).hasSize(50);
    }

    @Test
    void a_server_that_wants_no_one_or_somebody_else_ends_the_crawl_at_once() throws Exception {
        receiver = (exchange, _) -> answer(exchange, 401, "who are you");
        assertThatThrownBy(() -> deliver(targets("POST", LITTLE, url() + "/in"), parcels(0, 1)))
                .isInstanceOf(InputException.class)
                .hasMessage("cannot write " + url() + "/in: HTTP status 401: who are you (see --header)");
        receiver = (exchange, _) -> {
            exchange.getResponseHeaders().set("Location", "https://h/in");
            answer(exchange, 308, "");
        };
        assertThatThrownBy(() -> deliver(targets("POST", LITTLE, url() + "/in"), parcels(0, 1)))
                .hasMessageEndingWith(
                        "HTTP status 308; results are not sent on to where it points, https://h/in: give that"
                                + " address to --to");
        assertThat(requests).hasValue(2);
    }

    @Test
    void an_answer_that_does_not_come_or_does_not_end_is_not_waited_for() throws Exception {
        var hasty = new Patience(2, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(300));
        receiver = (_, _) -> over.await();
        assertThatThrownBy(() -> deliver(targets("POST", hasty, url()), parcels(0, 1)))
                .hasMessageContaining("no complete answer within 300 ms (2 attempts)");
        receiver = (exchange, _) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            over.await();
        };
        assertThatThrownBy(() -> deliver(targets("POST", hasty, url()), parcels(0, 1)))
                .hasMessageContaining("no complete answer within 300 ms");
    }

    @Test
    void a_body_without_an_end_counts_by_its_status() throws Exception {
        receiver = (exchange, body) -> {
            stored.put(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[8192];
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(block);
            }
        };
        deliver(targets("POST", LITTLE, url()), parcels(0, 2));
        assertThat(requests).hasValue(2);
    }

    @Test
    void an_interrupt_ends_the_pauses_and_the_waits() throws Exception {
        var begun = new CountDownLatch(4);
        receiver = (_, _) -> {
            begun.countDown();
            over.await();
        };
        try (var sinks = targets("POST", Patience.USUAL, url()).open(Map.of(), CONSOLE)) {
            var ended = new java.util.concurrent.CompletableFuture<Throwable>();
            var committer = Thread.ofVirtual().start(() -> {
                try {
                    sinks.write(parcels(0, 9));
                    ended.complete(new AssertionError("was not interrupted"));
                } catch (Throwable thrown) {
                    ended.complete(thrown);
                }
            });
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            committer.interrupt();
            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
    }
}
