package io.forkloom.cli.crawl.fetch;

import static io.forkloom.cli.crawl.fetch.RawServer.encoded;
import static io.forkloom.cli.crawl.fetch.RawServer.endless;
import static io.forkloom.cli.crawl.fetch.RawServer.ok;
import static io.forkloom.cli.crawl.fetch.RawServer.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do to a crawler: each trick costs one input, with a word of what it was, and nothing stays open. */
@Timeout(60)
class HostileServerTest {
    private static final int MAX_SIZE = 1 << 20;
    private static final long BUDGET = 8 << 20;
    private static final long PAUSE = 5_000_000; // 5 ms
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final byte[] BOMB = gzip(new byte[64 << 20]);
    private static final byte[] PAGE = "<title>fine</title>".getBytes(UTF_8);
    /** "fine" by brotli, which the JDK cannot write: one block, stored. */
    private static final byte[] BROTLI = {(byte) 0x8b, 0x01, (byte) 0x80, 'f', 'i', 'n', 'e', 0x03};

    private final RawServer server;
    private final MemoryBudget budget = new MemoryBudget(BUDGET);
    private Fetcher fetcher = fetcher(Duration.ofSeconds(20), Countdown.FLOOR);

    HostileServerTest() throws IOException {
        server = new RawServer();
    }

    private Fetcher fetcher(Duration deadline, Countdown.Floor floor) {
        return new Fetcher(new FetchOptions(8, 4, MAX_SIZE, deadline, 0), Recipe.AUTO, budget, floor);
    }

    private void use(Fetcher other) {
        fetcher.close();
        fetcher = other;
    }

    @BeforeEach
    void tricks() {
        server.on("/ok", ok("Content-Length: " + PAGE.length + "\r\n", PAGE));
        bodies();
        heads();
        encodings();
    }

    private void bodies() {
        server.on("/endless", endless("HTTP/1.1 200 OK\r\n\r\n", new byte[1 << 16]));
        server.on("/chunks", endless(CHUNKED, ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(ISO_8859_1)));
        server.on("/large", text("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx"));
        server.on("/negative", text("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"));
        server.on("/words", text("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello"));
        server.on("/short", (out, in) -> {
            ok("Content-Length: 1000\r\n", PAGE).to(out, in);
            throw new IOException("hangs up");
        });
        server.on("/half", (out, in) -> {
            text(CHUNKED + "100\r\nonly this").to(out, in);
            throw new IOException("hangs up");
        });
        server.on("/badchunk", text(CHUNKED + "zz\r\nhello\r\n0\r\n\r\n"));
        server.on("/silence", (_, _) -> {
            throw new IOException("hangs up");
        });
    }

    private void heads() {
        server.on("/headers", endless("HTTP/1.1 200 OK\r\n", "X-Header: value\r\n".getBytes(ISO_8859_1)));
        server.on(
                "/header",
                endless("HTTP/1.1 200 OK\r\nX-Header: ", "value".repeat(1000).getBytes(ISO_8859_1)));
        server.on("/status", endless("HTTP/1.1 200 ", "OK".repeat(1000).getBytes(ISO_8859_1)));
        server.on("/garbage", text("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        server.on("/old", text("<html>as of HTTP 0.9</html>\r\n\r\n"));
        server.on("/nonsense", text("HTTP/1.1 abc OK\r\n\r\n"));
        server.on("/self", text("HTTP/1.1 302 Found\r\nLocation: /self\r\nContent-Length: 0\r\n\r\n"));
        server.on("/ftp", text("HTTP/1.1 302 Found\r\nLocation: ftp://x/\r\nContent-Length: 0\r\n\r\n"));
        server.on("/script", text("HTTP/1.1 302 Found\r\nLocation: javascript:alert(1)\r\nContent-Length: 0\r\n\r\n"));
        server.on("/nowhere", text("HTTP/1.1 302 Found\r\nLocation: http://[::bad\r\nContent-Length: 0\r\n\r\n"));
        server.on("/unasked", text("HTTP/1.1 304 Not Modified\r\n\r\n"));
    }

    private void encodings() {
        server.on("/bomb", encoded("gzip", BOMB));
        server.on("/bombs", encoded("gzip, gzip", gzip(BOMB)));
        server.on("/layers", encoded("gzip, gzip, gzip, gzip", gzip(gzip(gzip(gzip(PAGE))))));
        server.on("/nogzip", encoded("gzip", PAGE));
        server.on("/nobrotli", encoded("br", PAGE));
        server.on("/nodeflate", encoded("deflate", PAGE));
        server.on("/cutgzip", encoded("gzip", Arrays.copyOf(gzip(PAGE), 20)));
        server.on("/zstd", encoded("zstd", PAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "/endless, larger than --max-size allows (1 MiB): more than that",
        "/chunks, larger than --max-size allows (1 MiB): more than that",
        "/large, larger than --max-size allows (1 MiB): 99999999999 bytes",
        "/negative, Content-Length",
        "/words, Content-Length",
        "/short, broke",
        "/half, broke",
        "/badchunk, broke",
        "/silence, broke",
        "/headers, does not speak HTTP",
        "/header, does not speak HTTP",
        "/status, does not speak HTTP",
        "/garbage, does not speak HTTP",
        "/old, does not speak HTTP",
        "/nonsense, does not speak HTTP",
        "/self, redirected in a circle",
        "/ftp, only http and https",
        "/script, only http and https",
        "/nowhere, which is not a URL",
        "/unasked, HTTP status 304",
        "/bomb, unpack to more than that",
        "/bombs, unpack to more than that",
        "/layers, compressed more than 3 times",
        "/nogzip, 'says Content-Encoding: gzip, but'",
        "/nobrotli, 'says Content-Encoding: br, but'",
        "/nodeflate, 'says Content-Encoding: deflate, but'",
        "/cutgzip, 'says Content-Encoding: gzip, but'",
        "/zstd, 'Content-Encoding zstd'",
    })
    void a_trick_costs_one_input_and_says_what_it_was(String path, String word) throws Exception {
        assertThat(failure(path)).contains(word);
        assertThat(new String(fetcher.fetch(source("/ok")).page().body(), UTF_8))
                .contains("fine");
    }

    @Test
    void a_body_that_trickles_ends_long_before_the_deadline() {
        server.on("/trickle", (out, in) -> {
            text("HTTP/1.1 200 OK\r\n\r\n").to(out, in);
            while (true) {
                out.write('x');
                out.flush();
                LockSupport.parkNanos(PAUSE);
            }
        });
        use(fetcher(Duration.ofMinutes(10), new Countdown.Floor(10_000, Duration.ofMillis(200))));
        assertThat(failure("/trickle")).contains("only trickled", " bytes in ");
    }

    @Test
    void a_body_that_stops_ends_long_before_the_deadline() {
        server.on("/stop", (out, in) -> {
            text("HTTP/1.1 200 OK\r\n\r\nand then").to(out, in);
            out.flush();
            // Ends when the other side does.
            in.transferTo(OutputStream.nullOutputStream());
        });
        use(fetcher(Duration.ofMinutes(10), new Countdown.Floor(10_000, Duration.ofMillis(200))));
        assertThat(failure("/stop")).contains("only trickled: 8 bytes");
    }

    @Test
    void answers_before_the_answer_and_headers_that_trickle_end_at_the_deadline() {
        server.on("/continue", endless("", "HTTP/1.1 103 Early Hints\r\n\r\n".getBytes(ISO_8859_1)));
        server.on("/slowly", (out, in) -> {
            text("HTTP/1.1 200 OK\r\n").to(out, in);
            while (true) {
                text("X: y\r\n").to(out, in);
                out.flush();
                LockSupport.parkNanos(PAUSE);
            }
        });
        use(fetcher(Duration.ofMillis(500), Countdown.FLOOR));
        assertThat(failure("/slowly")).contains("no complete answer", "--fetch-deadline");
        assertThat(failure("/continue")).isNotEmpty();
    }

    @Test
    void a_handshake_that_does_not_come_ends_at_the_deadline_and_one_that_is_none_is_told() throws Exception {
        use(fetcher(Duration.ofMillis(500), Countdown.FLOOR));
        try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var uri = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> fetcher.fetch(new Source.Web("silent", uri)))
                    .hasMessageContaining("no complete answer");
        }
        use(fetcher(Duration.ofSeconds(20), Countdown.FLOOR));
        try (var plain = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var _ = Thread.startVirtualThread(() -> refuseAll(plain));
            var uri = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/");
            assertThatThrownBy(() -> fetcher.fetch(new Source.Web("plain", uri)))
                    .hasMessageContaining("no secure connection to 127.0.0.1");
        }
    }

    /** In plain words, whoever comes: the client may come twice, and hang up later. */
    private static void refuseAll(ServerSocket server) {
        try {
            while (true) {
                var socket = server.accept();
                Thread.startVirtualThread(() -> refuse(socket));
            }
        } catch (IOException over) {
            // The test has closed it.
        }
    }

    private static void refuse(Socket socket) {
        try (socket) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // It is the client who ends it.
        }
    }

    @Test
    void what_is_compressed_honestly_is_unpacked() throws Exception {
        server.on("/gzip", encoded("gzip", gzip(PAGE)));
        server.on("/xgzip", encoded("X-GZIP", gzip(PAGE)));
        server.on("/zlib", encoded("deflate", deflate(PAGE, false)));
        server.on("/deflate", encoded("deflate", deflate(PAGE, true)));
        server.on("/twice", encoded("deflate, gzip", gzip(deflate(PAGE, false))));
        server.on("/identity", encoded("identity", PAGE));
        server.on("/charset", encoded("utf-8", PAGE));
        for (String path : new String[] {"/gzip", "/xgzip", "/zlib", "/deflate", "/twice", "/identity", "/charset"}) {
            assertThat(fetcher.fetch(source(path)).page().body()).as(path).isEqualTo(PAGE);
        }
        server.on("/br", encoded("br", BROTLI));
        assertThat(fetcher.fetch(source("/br")).page().body()).asString().isEqualTo("fine");
        server.on("/nothing", encoded("gzip", new byte[0]));
        assertThat(fetcher.fetch(source("/nothing")).page().body()).isEmpty();
        assertThat(server.requests().getLast()).contains("Accept-Encoding: gzip, deflate, br\r\n");
    }

    @Test
    void a_page_that_unpacks_to_what_is_allowed_is_taken_with_a_lease_of_its_size_and_its_cost_is_what_came()
            throws Exception {
        var body = gzip(new byte[MAX_SIZE]);
        server.on("/full", encoded("gzip", body));
        var fetched = fetcher.fetch(source("/full"));
        assertThat(fetched.page().body()).hasSize(MAX_SIZE);
        assertThat(fetched.cost().bytes()).isEqualTo(body.length);
        assertThat(fetched.cost().took()).isPositive();
        assertThat(budget.free()).isEqualTo(BUDGET - MAX_SIZE);
        fetched.lease().close();
    }

    @Test
    void a_type_or_charset_that_does_not_exist_is_passed_on() throws Exception {
        server.on("/lies", ok("Content-Type: text/html; charset=klingon\r\nContent-Length: 19\r\n", PAGE));
        assertThat(fetcher.fetch(source("/lies")).page().origin().contentType()).contains("klingon");
    }

    @Test
    void a_path_of_two_slashes_and_a_query_go_out_as_they_are() throws Exception {
        server.on("//a/../b//c?x=%2F&y=/?", ok("Content-Length: 19\r\n", PAGE));
        assertThat(fetcher.fetch(source("//a/../b//c?x=%2F&y=/?")).page().body())
                .isEqualTo(PAGE);
        var head = server.requests().getLast();
        assertThat(head).startsWith("GET //a/../b//c?x=%2F&y=/? HTTP/1.1\r\n").contains("Host: 127.0.0.1:");
    }

    @Test
    void answers_before_the_answer_are_passed_over() throws Exception {
        server.on("/hints", (out, in) -> {
            text("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
                    .to(out, in);
            ok("Content-Length: 19\r\n", PAGE).to(out, in);
        });
        assertThat(fetcher.fetch(source("/hints")).page().body()).isEqualTo(PAGE);
    }

    @Test
    void what_comes_behind_a_body_is_nobodys_answer() throws Exception {
        server.on(
                "/more",
                text("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ninjected"));
        server.on("/longer", text("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood and more"));
        for (int i = 0; i < 5; i++) {
            assertThat(fetcher.fetch(source("/more")).page().body()).asString().isEqualTo("good");
            assertThat(fetcher.fetch(source("/ok")).page().body()).isEqualTo(PAGE);
            assertThat(fetcher.fetch(source("/longer")).page().body())
                    .asString()
                    .isEqualTo("good");
            assertThat(fetcher.fetch(source("/ok")).page().body()).isEqualTo(PAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 19\r\nContent-Length: 19\r\n",
                "no colon at all\r\nContent-Length: 19\r\n",
                "Content-Length: 19\r\nX-Folded: a\r\n b\r\n",
            })
    void a_head_that_browsers_read_is_read(String headers) throws Exception {
        server.on("/odd", ok(headers, PAGE));
        assertThat(fetcher.fetch(source("/odd")).page().body()).isEqualTo(PAGE);
    }

    @Test
    void a_head_of_many_lines_is_read() throws Exception {
        server.on("/cookies", ok("Set-Cookie: a=1\r\n".repeat(1_000) + "Content-Length: 19\r\n", PAGE));
        assertThat(fetcher.fetch(source("/cookies")).page().body()).isEqualTo(PAGE);
    }

    @Test
    void no_cookie_comes_back() throws Exception {
        server.on("/cookie", ok("Set-Cookie: id=1; Path=/\r\nContent-Length: 0\r\n", new byte[0]));
        fetcher.fetch(source("/cookie"));
        fetcher.fetch(source("/ok"));
        assertThat(server.requests())
                .noneMatch(head -> head.toLowerCase(java.util.Locale.ROOT).contains("cookie:"));
    }

    private Source.Web source(String path) {
        return new Source.Web(path, server.uri(path));
    }

    private String failure(String path) {
        long before = asked(path);
        var failure = catchThrowableOfType(FetchException.class, () -> fetcher.fetch(source(path)));
        // A connection that was kept may be gone: the client asks again on another one.
        assertThat(asked(path) - before).as("asked once").isBetween(1L, path.equals("/silence") ? 6L : 1L);
        return String.valueOf(failure.getMessage());
    }

    private long asked(String path) {
        return server.requests().stream()
                .filter(head -> head.startsWith("GET " + path + " "))
                .count();
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        assertThat(budget.free()).as("every lease was given back").isEqualTo(BUDGET);
        server.awaitNoAnswer();
        // Now those connections too that were kept for further requests.
        fetcher.close();
        server.awaitNoConnection();
        server.close();
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException never) {
            throw new AssertionError(never);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] content, boolean bare) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
                OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
