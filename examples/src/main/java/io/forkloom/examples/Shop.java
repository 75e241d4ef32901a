package io.forkloom.examples;

import io.forkloom.examples.FetchParseUpload.Summary;
import io.forkloom.examples.LocalServer.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Where {@link FetchParseUpload} fetches from and uploads to: both sides of the network, on this machine. */
final class Shop implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** The number of words by title. */
    private final Map<String, Integer> uploads = new ConcurrentHashMap<>();

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final LocalServer server;

    private Shop() throws IOException {
        server = LocalServer.open(this::answer);
    }

    static Shop open() throws IOException {
        return new Shop();
    }

    String fetch(int number) throws IOException, InterruptedException {
        return exchange(HttpRequest.newBuilder(server.uri("/page/" + number)));
    }

    /** In one request. */
    void upload(List<Summary> summaries) throws IOException, InterruptedException {
        var lines = summaries.stream()
                .map(summary -> summary.title() + "\t" + summary.words())
                .collect(Collectors.joining("\n"));
        exchange(HttpRequest.newBuilder(server.uri("/store")).POST(BodyPublishers.ofString(lines)));
    }

    int uploads() {
        return uploads.size();
    }

    int words() {
        return uploads.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** That brought them. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }

    private String exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.uri().getPath() + " answers " + response.statusCode());
        }
        return response.body();
    }

    private Answer answer(String path, String body) {
        if (path.equals("/store")) {
            requests.incrementAndGet();
            body.lines()
                    .map(line -> line.split("\t", -1))
                    .forEach(line -> uploads.put(line[0], Integer.valueOf(line[1])));
            return new Answer(200, "");
        }
        return switch (path) {
            case "/page/13" -> refused.getAndSet(true) ? page("page-13", 99) : new Answer(503, "once more, please");
            case "/page/27" -> new Answer(200, "<p>page 27</p>");
            default -> page(path.substring(1).replace('/', '-'), 99);
        };
    }

    private static Answer page(String title, int words) {
        return new Answer(200, "<title>" + title + "</title><body>" + "<b>word</b> ".repeat(words) + "</body>");
    }
}
