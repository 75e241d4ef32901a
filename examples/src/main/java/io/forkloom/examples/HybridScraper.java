package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import io.forkloom.examples.LocalServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * E1, the hybrid scraper: ten pages that take half a second each are fetched on virtual threads, at most five at once;
 * their SHA-512 is computed in the pool, and each is printed the moment it arrives.
 */
public final class HybridScraper {
    private static final int PAGES = 10;
    private static final int AT_ONCE = 5;

    // Of the server: how many requests it is answering, and how many that were at most.
    private static final AtomicInteger ANSWERING = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();

    private HybridScraper() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var site = LocalServer.open(HybridScraper::slowPage);
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var pool = ProcessPool.open(c -> c.workers(2).heap("128m"));
                var group = TaskGroup.open("scraper")) {
            var begin = Instant.now();
            var hashes = Channel.<String>bounded(PAGES);
            var limit = new Semaphore(AT_ONCE);
            for (int i = 0; i < PAGES; i++) {
                var path = "/" + i;
                group.forkAction("page " + i, () -> {
                    byte[] page = fetch(http, site.uri(path), limit);
                    hashes.send(path + " " + pool.call(HybridScraper::sha512, page));
                });
            }
            group.forkAction("printer", () -> {
                for (int i = 0; i < PAGES; i++) {
                    IO.println("* " + hashes.receive());
                }
            });
            group.join();
            IO.println("time: " + Duration.between(begin, Instant.now()).toMillis() + " ms, in two waves of 500 ms");
        }
        IO.println("Processed " + PAGES + " hashes");
        IO.println("never more than " + AT_ONCE + " fetches at once: " + (MOST.get() <= AT_ONCE));
    }

    private static byte[] fetch(HttpClient http, URI uri, Semaphore limit) throws IOException, InterruptedException {
        limit.acquire();
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                    .body();
        } finally {
            limit.release();
        }
    }

    /** In the worker. */
    static String sha512(byte[] page) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(page));
    }

    private static Answer slowPage(String path, String body) throws InterruptedException {
        MOST.accumulateAndGet(ANSWERING.incrementAndGet(), Math::max);
        Thread.sleep(500);
        ANSWERING.decrementAndGet();
        return new Answer(200, ("page " + path + "\n").repeat(10_000));
    }
}
