package io.forkloom.cli.crawl.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.forkloom.cli.crawl.source.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real server on the loopback interface that answers as a test tells it, badly where asked to. */
public final class RoughServer implements AutoCloseable {
    /** Answers one request. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** Open until the test is over: an answer that waits for it never comes. */
    final CountDownLatch closed = new CountDownLatch(1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

    public RoughServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.start();
    }

    public RoughServer on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    public static Answer page(String body) {
        return exchange -> send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer status(int status) {
        return exchange -> send(exchange, status, new byte[0]);
    }

    public static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            send(exchange, 302, new byte[0]);
        };
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().putIfAbsent("Content-Type", java.util.List.of("text/html"));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    public int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public Source.Web source(String path) {
        return new Source.Web(url(path), URI.create(url(path)));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
