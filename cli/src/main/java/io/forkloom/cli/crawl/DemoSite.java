package io.forkloom.cli.crawl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.forkloom.cli.crawl.parse.Hostile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small web site on the loopback interface: {@link #GOOD} ordinary pages and five hostile ones among them. */
final class DemoSite implements AutoCloseable {
    static final int GOOD = 300;

    /** Path of each hostile page, and what it does. */
    static final Map<String, String> HOSTILE = Map.of(
            "/crash", "its parse writes to address 0",
            "/loop", "its parse never ends",
            "/memory", "its parse fills the heap",
            "/late", "its server does not answer in time",
            "/gone", "its server answers 404");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);

    DemoSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open a port on the loopback interface", failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** All pages, the hostile ones spread among the others. */
    List<String> urls() {
        var paths = new ArrayList<String>();
        for (int i = 0; i < GOOD; i++) {
            paths.add("/page/" + i);
        }
        int place = GOOD / 6;
        for (String hostile : List.of("/crash", "/late", "/loop", "/gone", "/memory")) {
            paths.add(place, hostile);
            place += GOOD / 6;
        }
        return paths.stream().map(this::url).toList();
    }

    private String url(String path) {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/crash", "/loop", "/memory" -> send(exchange, 200, hostile(path.substring(1)));
                case "/late" -> {
                    // Answers when the site closes: after any deadline, and without a thread left behind.
                    closed.await();
                    send(exchange, 200, page("Too late", "", ""));
                }
                default -> {
                    boolean known = path.startsWith("/page/");
                    send(exchange, known ? 200 : 404, known ? good(path.substring(6)) : page("Not found", "", ""));
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String good(String number) {
        String paragraph = "<p>Warp and weft, thread over thread: page " + number + " of a cloth.</p>\n";
        return page(
                "Page " + number, "", paragraph.repeat(40) + "<a href=\"/page/0\">first</a> <a href='../loop'>x</a>");
    }

    private static String hostile(String what) {
        return page("Hostile", "<meta name=\"" + Hostile.META + "\" content=\"" + what + "\">", "<p>" + what + "</p>");
    }

    private static String page(String title, String head, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><title>" + title + "</title>" + head + "</head><body><h1>"
                + title + "</h1>\n" + body + "</body></html>\n";
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
