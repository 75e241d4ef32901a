package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.Times;
import io.forkloom.cli.crawl.source.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows an address through its redirects to the answer behind them, all of it one exchange. */
final class Journey {
    /** What has to be done before a request is sent. */
    interface Gate {
        /** May wait. Null where the request needs no place. */
        Hosts.@Nullable Place enter(URI at) throws FetchException, InterruptedException;
    }

    /** Makes something of an answer that is no redirect. The clock runs while it reads. */
    interface Reader<T> {
        T read(HttpResponse<InputStream> answer, InputStream body)
                throws IOException, FetchException, InterruptedException;
    }

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Read to its end, the answer's connection can be used again. */
    static final int DRAINED = 16 << 10;

    private final Exchange exchange;
    private final Duration deadline;
    private final int mostRedirects;
    private boolean astray;

    Journey(Exchange exchange, Duration deadline, int mostRedirects) {
        this.exchange = exchange;
        this.deadline = deadline;
        this.mostRedirects = mostRedirects;
    }

    Clock clock() {
        return exchange.clock();
    }

    /** Whether redirects led it nowhere. */
    boolean isAstray() {
        return astray;
    }

    Cost cost() {
        return new Cost(exchange.clock().spent(), exchange.clock().received());
    }

    <T> T follow(URI start, Validators since, Gate gate, Reader<T> reader) throws FetchException, InterruptedException {
        var seen = new HashSet<URI>();
        URI at = start;
        while (seen.size() <= mostRedirects) {
            if (!seen.add(Addresses.normal(at))) {
                throw astray("redirected in a circle, back to " + at);
            }
            // Waiting for a place at the host is not the host's fault: the clock starts afterwards.
            try (var place = gate.enter(at)) {
                exchange.clock().go();
                var hop = hop(at, since, place, reader);
                if (hop.value != null) {
                    return hop.value;
                }
                at = hop.next;
            } finally {
                exchange.clock().noBody();
            }
        }
        throw astray("redirected more than " + mostRedirects + " times, last to " + at);
    }

    /** @param value null where it goes on */
    private record Hop<T>(@Nullable T value, URI next) {}

    private <T> Hop<T> hop(URI at, Validators since, Hosts.@Nullable Place place, Reader<T> reader)
            throws FetchException, InterruptedException {
        try {
            var answer = exchange.send(at, since);
            try (InputStream body = exchange.body(answer)) {
                Hop<T> hop;
                if (REDIRECTS.contains(answer.statusCode())) {
                    var next = next(at, answer);
                    body.readNBytes(DRAINED);
                    hop = new Hop<>(null, next);
                } else {
                    hop = new Hop<>(reader.read(answer, body), at);
                }
                tell(place, answer);
                return hop;
            } catch (FetchException unusable) {
                tell(place, answer);
                throw unusable;
            }
        } catch (IOException failure) {
            var told = explain(at, failure);
            if (place != null) {
                place.failed(told.isPassing() || exchange.clock().state() != Countdown.State.RUNNING);
            }
            throw told;
        }
    }

    private static void tell(Hosts.@Nullable Place place, HttpResponse<?> answer) {
        if (place != null) {
            place.answered(answer.statusCode(), retryAfter(answer));
        }
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .map(header -> RetryAfter.parse(header, Instant.now()))
                .orElse(Duration.ZERO);
    }

    /** Of a status that is no success. */
    static FetchException failed(HttpResponse<?> answer, InputStream body) throws IOException {
        body.readNBytes(DRAINED);
        return FetchException.status(answer.statusCode(), retryAfter(answer));
    }

    private URI next(URI at, HttpResponse<?> answer) throws FetchException {
        String location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> astray("HTTP status " + answer.statusCode() + " without a Location header"));
        try {
            return WebAddress.redirect(at, location);
        } catch (IllegalArgumentException wrong) {
            throw astray(String.valueOf(wrong.getMessage()));
        }
    }

    private FetchException astray(String message) {
        astray = true;
        return FetchException.lasting(message);
    }

    private FetchException explain(URI at, IOException failure) throws InterruptedException {
        // The client's streams turn an interrupt into an IOException and set the flag again.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        String host = WebAddress.host(at);
        return switch (exchange.clock().state()) {
            case LATE ->
                FetchException.lasting(
                        "no complete answer from " + host + " within " + Times.words(deadline) + " (--fetch-deadline)");
            case TRICKLED ->
                FetchException.lasting("the answer of " + host + " only trickled: "
                        + exchange.clock().received() + " bytes in "
                        + Times.words(exchange.clock().spent()));
            case RUNNING -> NetworkFaults.explain(host, failure);
        };
    }
}
