package io.forkloom.bench.crawl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Serves the files of a folder; or, told {@link #TINY}, a tiny page at any address. Answers its port. */
final class PageServer {
    static final String TINY = "tiny";

    private PageServer() {}

    public static void main(String[] args) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(args[0], exchange));
        server.start();
        AskedProgram.serve(() -> new double[] {server.getAddress().getPort()});
        server.stop(0);
    }

    private static void answer(String what, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var file = Path.of(what).resolve(path.substring(1)).normalize();
        try (exchange) {
            if (path.equals("/robots.txt") || (!what.equals(TINY) && !Files.isRegularFile(file))) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] page = what.equals(TINY)
                    ? ("<html><title>" + path + "</title><body>A tiny page.</body></html>")
                            .getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(file);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }
}
