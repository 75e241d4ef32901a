package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.Times;
import io.forkloom.cli.Version;
import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Fetches pages over HTTP/1.1: bounded in time, size, redirects, retries, and in connections to one host. */
final class WebFetcher implements AutoCloseable {
    static final int MAX_REDIRECTS = 10;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Read to its end, the answer's connection can be used again. */
    private static final int DRAINED = 16 << 10;

    private final FetchOptions options;
    private final BodyReader bodies;
    private final ScheduledExecutorService timer;
    private final HostLimits hosts;
    private final String userAgent;
    private final HttpClient client;

    WebFetcher(FetchOptions options, BodyReader bodies, ScheduledExecutorService timer) {
        this.options = options;
        this.bodies = bodies;
        this.timer = timer;
        this.hosts = new HostLimits(options.perHost());
        this.userAgent = "forkloom-crawl/" + Version.number();
        this.client = HttpClient.newBuilder()
                // Over the server's limit of streams HTTP/2 fails instead of waiting.
                .version(HttpClient.Version.HTTP_1_1)
                // Followed here, where scheme and host can be checked.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.deadline().compareTo(CONNECT) < 0 ? options.deadline() : CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    Fetcher.Content fetch(Source.Web source) throws FetchException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(source);
            } catch (FetchException failure) {
                if (!failure.isPassing() || attempt > options.retries()) {
                    throw failure.after(attempt);
                }
                Thread.sleep(Backoff.before(attempt + 1, failure.retryAfter()));
            }
        }
    }

    private Fetcher.Content attempt(Source.Web source) throws FetchException, InterruptedException {
        var exchange = new Exchange(client, userAgent, timer, options.deadline());
        URI at = source.uri();
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            // Waiting for a place at the host is not the host's fault: the clock starts afterwards.
            try (var _ = hosts.enter(WebAddress.host(at))) {
                exchange.clock().go();
                HttpResponse<InputStream> answer = exchange.send(at);
                try (InputStream body = answer.body()) {
                    if (REDIRECTS.contains(answer.statusCode())) {
                        body.readNBytes(DRAINED);
                        at = next(at, answer);
                    } else {
                        return content(source, answer, body, exchange.clock());
                    }
                }
            } catch (IOException failure) {
                throw explain(at, failure, exchange);
            } finally {
                exchange.clock().pause();
            }
        }
        throw FetchException.lasting("redirected more than " + MAX_REDIRECTS + " times, last to " + at);
    }

    private static URI next(URI at, HttpResponse<?> answer) throws FetchException {
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() ->
                        FetchException.lasting("HTTP status " + answer.statusCode() + " without a Location header"));
        try {
            return WebAddress.redirect(at, location);
        } catch (IllegalArgumentException wrong) {
            throw FetchException.lasting(String.valueOf(wrong.getMessage()));
        }
    }

    private Fetcher.Content content(
            Source.Web source, HttpResponse<InputStream> answer, InputStream body, Countdown clock)
            throws IOException, FetchException, InterruptedException {
        int status = answer.statusCode();
        if (status < 200 || status > 299) {
            body.readNBytes(DRAINED);
            throw FetchException.status(
                    status, answer.headers().firstValue("Retry-After").orElse(""));
        }
        long announced = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        var origin = new Origin(source.name(), answer.uri().toString(), status, type);
        return new Fetcher.Content(origin, bodies.read(body, announced, clock));
    }

    private FetchException explain(URI at, IOException failure, Exchange exchange) throws InterruptedException {
        // The client's streams turn an interrupt into an IOException and set the flag again.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (exchange.clock().isOver()) {
            return FetchException.lasting("no complete answer from " + WebAddress.host(at) + " within "
                    + Times.words(options.deadline()) + " (--fetch-deadline)");
        }
        return NetworkFaults.explain(WebAddress.host(at), failure);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
