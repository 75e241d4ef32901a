package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches over HTTP/1.1: bounded in time, size and redirects, and not more than robots.txt and {@link Hosts} allow. No
 * cookie is kept.
 */
final class WebFetcher implements AutoCloseable {
    static final int MAX_REDIRECTS = 10;
    /** RFC 9309, 2.3.1.2: what needs more is not there. */
    private static final int ROBOTS_REDIRECTS = 5;
    /** RFC 9309, 2.5: what comes after that is not read. */
    static final int ROBOTS_SIZE = 500 << 10;

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final FetchOptions options;
    private final BodyReader bodies;
    private final ScheduledExecutorService timer;
    private final Countdown.Floor floor;
    private final Hosts hosts;
    private final Robots robots;
    private final Client client;

    WebFetcher(FetchOptions options, BodyReader bodies, ScheduledExecutorService timer, Countdown.Floor floor) {
        this.options = options;
        this.bodies = bodies;
        this.timer = timer;
        this.floor = floor;
        this.hosts = new Hosts(options.traffic());
        this.robots = new Robots(options.visitor(), hosts, this::robotsFile);
        this.client = new Client(options);
    }

    Hosts hosts() {
        return hosts;
    }

    Robots robots() {
        return robots;
    }

    /** @param content empty where it is as it was */
    record Reply(Optional<Fetcher.Content> content, Cost cost) {}

    /** @param first a place at the page's host, given back here; null to wait for one */
    Reply fetch(Source.Web source, Validators since, Hosts.@Nullable Place first)
            throws FetchException, InterruptedException {
        var journey = journey(MAX_REDIRECTS);
        try (first) {
            var given = new AtomicReference<>(first);
            var content = journey.follow(
                    source.uri(),
                    since,
                    at -> allowed(at, given.getAndSet(null)),
                    (answer, body) -> answer.statusCode() == 304 && !since.isEmpty()
                            ? Optional.<Fetcher.Content>empty()
                            : Optional.of(content(source, answer, body, journey.clock())));
            return new Reply(content, journey.cost());
        }
    }

    /** A place at the host, once robots.txt is known to allow what is wanted there. */
    private Hosts.Place allowed(URI at, Hosts.@Nullable Place given) throws FetchException, InterruptedException {
        var place = place(at, given);
        try {
            robots.check(at);
            return place;
        } catch (FetchException | InterruptedException | RuntimeException | Error no) {
            place.close();
            throw no;
        }
    }

    private Hosts.Place place(URI at, Hosts.@Nullable Place given) throws InterruptedException {
        if (given != null) {
            if (given.host().equals(WebAddress.host(at))) {
                return given;
            }
            given.close();
        }
        return hosts.enter(WebAddress.host(at));
    }

    private Fetcher.Content content(Source.Web source, HttpResponse<InputStream> answer, InputStream body, Clock clock)
            throws IOException, FetchException, InterruptedException {
        requireSuccess(answer, body);
        String type = answer.headers().firstValue("Content-Type").orElse("");
        var origin = new Origin(source.name(), answer.uri().toString(), answer.statusCode(), type);
        return new Fetcher.Content(origin, read(bodies, answer, body, clock), Validators.of(answer.headers()));
    }

    private static BodyReader.Body read(BodyReader reader, HttpResponse<?> answer, InputStream body, Clock clock)
            throws IOException, FetchException, InterruptedException {
        return reader.read(body, announced(answer), Encodings.of(answer.headers()), clock);
    }

    private static void requireSuccess(HttpResponse<?> answer, InputStream body) throws IOException, FetchException {
        if (answer.statusCode() < 200 || answer.statusCode() > 299) {
            throw Journey.failed(answer, body);
        }
    }

    /** The client takes one that makes no sense for none, and would wait for the connection's end. */
    private static long announced(HttpResponse<?> answer) throws FetchException {
        var length = answer.headers().firstValue("Content-Length");
        if (length.isPresent() && !LENGTH.matcher(length.get()).matches()) {
            throw FetchException.lasting("is sent with Content-Length " + length.get() + ", which is no length");
        }
        return length.map(Long::parseLong).orElse(-1L);
    }

    /** Needs no place: there is one such request a host and day, made by somebody who has a place at the host. */
    private Optional<byte[]> robotsFile(URI uri) throws FetchException, InterruptedException {
        var journey = journey(ROBOTS_REDIRECTS);
        try {
            return journey.follow(uri, Validators.NONE, _ -> unplaced(), WebFetcher::robotsFile);
        } catch (FetchException failure) {
            if (journey.isAstray()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private Hosts.@Nullable Place unplaced() {
        hosts.count();
        return null;
    }

    private static Optional<byte[]> robotsFile(HttpResponse<?> answer, InputStream body)
            throws IOException, FetchException {
        int status = answer.statusCode();
        if (status >= 300 && status <= 499 && status != 429) {
            body.readNBytes(Journey.DRAINED);
            return Optional.empty();
        }
        requireSuccess(answer, body);
        return Optional.of(Encodings.of(answer.headers()).decodeStart(body.readNBytes(ROBOTS_SIZE), ROBOTS_SIZE));
    }

    /** A whole body of another kind, such as a sitemap. The caller closes its lease. */
    BodyReader.Body fetch(URI uri, BodyReader reader) throws FetchException, InterruptedException {
        var journey = journey(MAX_REDIRECTS);
        return journey.follow(uri, Validators.NONE, at -> place(at, null), (answer, body) -> {
            requireSuccess(answer, body);
            return read(reader, answer, body, journey.clock());
        });
    }

    private Journey journey(int redirects) {
        var exchange = new Exchange(client, options.visitor().userAgent(), timer, options.deadline(), floor);
        return new Journey(exchange, options.deadline(), redirects);
    }

    @Override
    public void close() {
        client.close();
    }
}
