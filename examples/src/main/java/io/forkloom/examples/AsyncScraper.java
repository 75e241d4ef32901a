package io.forkloom.examples;

import static io.forkloom.async.Async.amap;

import io.forkloom.async.ItemOutcome;
import io.forkloom.examples.LocalServer.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * E2, a web scraper that only waits: two thousand pages, a hundred at a time, each with a time-out, and tried again where the
 * site was busy. The items could be endless: nothing is kept but what runs.
 */
public final class AsyncScraper {
    private static final int PAGES = 2_000;
    private static final Set<Integer> BUSY = ConcurrentHashMap.newKeySet();

    private AsyncScraper() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var kinds = new TreeMap<String, Integer>();
        long words = 0;
        try (var site = LocalServer.open(AsyncScraper::page);
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var run = amap(() -> IntStream.range(0, PAGES).iterator(), number -> fetch(http, site, number))
                        .limit(100)
                        .timeout(Duration.ofSeconds(20))
                        .retries(3, Duration.ofMillis(1))
                        .asCompleted()
                        .start()) {
            for (var outcome : run.outcomes()) {
                kinds.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
                words += outcome instanceof ItemOutcome.Completed<Integer, String>(var _, var _, var text)
                        ? text.split(" ", -1).length
                        : 0;
            }
        }
        IO.println(kinds);
        IO.println("words: " + words);
        IO.println("pages that were busy at first: " + BUSY.size());
    }

    private static String fetch(HttpClient http, LocalServer site, int number)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(site.uri("/" + number)).build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }

    /** Busy at the first request for every hundredth page; one page is not there at all. */
    private static Answer page(String path, String body) throws InterruptedException {
        int number = Integer.parseInt(path.substring(1));
        Thread.sleep(5);
        if (number == 1_234) {
            return new Answer(404, "no such page");
        }
        if (number % 100 == 0 && BUSY.add(number)) {
            return new Answer(503, "busy");
        }
        return new Answer(200, "one two three four five");
    }
}
