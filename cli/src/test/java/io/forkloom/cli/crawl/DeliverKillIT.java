package io.forkloom.cli.crawl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.forkloom.cli.Launched;
import io.forkloom.cli.crawl.fetch.RoughServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A crawl whose every process is killed while a server has results in hand that it has not confirmed. */
@Timeout(300)
class DeliverKillIT {
    private static final int PAGES = 600;
    private static final int KILLS = 4;
    private static final long SEED = 42;

    @TempDir
    Path folder;

    /** Stores by {@code Idempotency-Key}, and confirms so many results only. */
    private static final class Store {
        private final Map<String, ObjectNode> results = new ConcurrentHashMap<>();
        private final Set<String> different = ConcurrentHashMap.newKeySet();
        private int left; // guarded by this
        private int again; // guarded by this
        private CountDownLatch holding = new CountDownLatch(1); // guarded by this
        private CountDownLatch killed = new CountDownLatch(1); // guarded by this

        void take(HttpExchange exchange) throws IOException, InterruptedException {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            var result = (ObjectNode) JsonMapper.shared()
                    .readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            result.remove(List.of("worker", "ms"));
            var before = results.putIfAbsent(key, result);
            if (before != null && !before.equals(result)) {
                different.add(before + " and " + result);
            }
            hold(before != null);
            RoughServer.send(exchange, 204, new byte[0]);
        }

        private void hold(boolean known) throws InterruptedException {
            CountDownLatch until;
            synchronized (this) {
                again += known ? 1 : 0;
                if (left-- > 0) {
                    return;
                }
                holding.countDown();
                until = killed;
            }
            until.await();
        }

        /** Confirms so many more; the latch says that it has others in hand. */
        synchronized CountDownLatch confirm(int count) {
            left = count;
            holding = new CountDownLatch(1);
            killed = new CountDownLatch(1);
            return holding;
        }

        synchronized void letGo() {
            killed.countDown();
        }

        synchronized int again() {
            return again;
        }
    }

    @Test
    void a_server_that_heeds_the_key_has_every_page_once_however_often_everything_is_killed() throws Exception {
        var store = new Store();
        try (var server = new RoughServer()) {
            server.on(
                    "/pages/",
                    exchange -> RoughServer.send(
                            exchange, 200, ("<title>" + exchange.getRequestURI() + "</title>").getBytes(UTF_8)));
            server.on("/store", store::take);
            var urls = IntStream.range(0, PAGES)
                    .mapToObj(i -> server.url("/pages/" + i))
                    .collect(Collectors.toSet());
            Path list = Files.write(folder.resolve("urls"), urls);
            Path out = folder.resolve("out.jsonl");
            String[] command = {
                "crawl", "@" + list, "--to", server.url("/store"), "--to", out.toString(), "--per-host", "32", "--quiet"
            };
            var random = new Random(SEED);
            for (int kill = 1; kill <= KILLS; kill++) {
                var holding = store.confirm(random.nextInt(PAGES / KILLS));
                var run = Launched.of(folder, command);
                assertThat(holding.await(60, TimeUnit.SECONDS) && run.process().isAlive())
                        .as("kill " + kill + ": " + run.err())
                        .isTrue();
                run.killAll();
                store.letGo();
            }
            store.confirm(Integer.MAX_VALUE);
            var last = Launched.of(folder, command);

            assertThat(last.exitCode()).as(last.err()).isZero();
            assertThat(sources(store.results.values())).hasSize(PAGES).containsExactlyInAnyOrderElementsOf(urls);
            assertThat(store.different)
                    .as("what came with a key that had another result")
                    .isEmpty();
            assertThat(store.again()).as("each kill had results in hand").isGreaterThanOrEqualTo(KILLS);
            var lines = Files.readAllLines(out).stream()
                    .map(line -> (ObjectNode) JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(sources(lines)).containsExactlyInAnyOrderElementsOf(urls);
        }
    }

    private static List<String> sources(Collection<ObjectNode> results) {
        return results.stream()
                .map(result -> result.get("source").stringValue())
                .toList();
    }
}
