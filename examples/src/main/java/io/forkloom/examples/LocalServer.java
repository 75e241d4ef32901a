package io.forkloom.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The web for examples: a server on this machine, with a virtual thread for each request. */
final class LocalServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What it says to a request. */
    record Answer(int status, String text) {}

    @FunctionalInterface
    interface Site {
        Answer answer(String path, String body) throws InterruptedException;
    }

    private LocalServer(HttpServer server) {
        this.server = server;
    }

    static LocalServer open(Site site) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var local = new LocalServer(HttpServer.create(address, 100));
        local.server.setExecutor(local.threads);
        local.server.createContext("/", exchange -> answer(exchange, site));
        local.server.start();
        return local;
    }

    URI uri(String path) {
        var address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Site site) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var answer = site.answer(exchange.getRequestURI().getPath(), body);
            byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server was closed
        }
    }
}
