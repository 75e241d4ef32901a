package io.forkloom.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.forkloom.cli.Launched;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A crawl whose every process is killed at random moments, again and again, and gone on with by the same command. Small in
 * each build; {@code make crawl-kills} is the whole: 20,000 pages and 50 kills.
 */
@Timeout(1_800)
class CrawlKillIT {
    private static final int PAGES = Integer.getInteger("forkloom.kill.pages", 1_500);
    private static final int KILLS = Integer.getInteger("forkloom.kill.times", 5);
    private static final long SEED = Long.getLong("forkloom.kill.seed", 42);

    @TempDir
    Path folder;

    @Test
    void every_page_is_there_once_however_often_everything_is_killed() throws Exception {
        var served = new Semaphore(0);
        var server = server(served);
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            var list = Files.writeString(
                    folder.resolve("urls"),
                    IntStream.range(0, PAGES).mapToObj(i -> base + i).collect(Collectors.joining("\n")));
            Path out = folder.resolve("out.jsonl");
            Path table = folder.resolve("out.sqlite");
            String[] command = {
                "crawl",
                "@" + list,
                "--to",
                out.toString(),
                "--to",
                table.toString(),
                "--per-host",
                "32",
                "--workers",
                "2",
                "--quiet"
            };
            var random = new Random(SEED);
            for (int kill = 1; kill <= KILLS; kill++) {
                // So many pages are served before the kill: anything from none to its share of them.
                served.drainPermits();
                var run = Launched.of(folder, command);
                boolean reached = served.tryAcquire(random.nextInt(PAGES / KILLS), 60, TimeUnit.SECONDS);
                assertThat(reached && run.process().isAlive())
                        .as("kill " + kill + " of seed " + SEED + ": " + run.err())
                        .isTrue();
                run.killAll();
            }
            var last = Launched.of(folder, command);
            assertThat(last.exitCode()).as(last.err()).isZero();

            var sources = new HashSet<String>();
            for (String line : Files.readAllLines(out)) {
                assertThat(sources.add(
                                JsonMapper.shared().readTree(line).get("source").stringValue()))
                        .as(line)
                        .isTrue();
            }
            assertThat(sources).hasSize(PAGES);
            assertThat(rows(table)).isEqualTo(PAGES);
            assertThat(Files.exists(Path.of(out + ".failed.jsonl"))).isFalse();
        } finally {
            server.stop(0);
        }
    }

    private static long rows(Path table) throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + table);
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM pages")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static HttpServer server(Semaphore served) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/robots.txt", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.createContext("/", exchange -> {
            served.release();
            byte[] page = ("<title>" + exchange.getRequestURI() + "</title><p>" + "word ".repeat(200))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            try (var body = exchange.getResponseBody()) {
                body.write(page);
            }
        });
        server.start();
        return server;
    }
}
