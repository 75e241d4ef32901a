package io.forkloom.cli.crawl.fetch;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * One attempt at one page: request, redirects, and the body to its last byte, under one deadline, which cancels whatever goes
 * on: connecting, the wait for the head, the read of the body.
 */
final class Exchange {
    private final Client client;
    private final String userAgent;
    private final Countdown clock;
    private volatile Cancellable current = () -> false;

    Exchange(
            Client client, String userAgent, ScheduledExecutorService timer, Duration deadline, Countdown.Floor floor) {
        this.client = client;
        this.userAgent = userAgent;
        this.clock = new Countdown(timer, deadline, floor, () -> current.cancel());
    }

    Countdown clock() {
        return clock;
    }

    /** Waits for the head of the answer. Its body is to be read while the clock runs. */
    Response send(URI uri, Validators since) throws IOException {
        var request = request(uri, since);
        during(request);
        var answer = client.send(request);
        clock.body();
        return new Response(uri, request, answer, clock::received);
    }

    private HttpUriRequestBase request(URI uri, Validators since) {
        var request = Client.request(uri);
        request.setHeader("User-Agent", userAgent);
        request.setHeader("Accept", "text/html, text/plain;q=0.9, */*;q=0.5");
        request.setHeader("Accept-Encoding", Encodings.ACCEPTED);
        if (!since.etag().isEmpty()) {
            request.setHeader("If-None-Match", since.etag());
        }
        if (!since.lastModified().isEmpty()) {
            request.setHeader("If-Modified-Since", since.lastModified());
        }
        return request;
    }

    private void during(Cancellable request) {
        current = request;
        // The deadline may have passed between two requests, and cancelled the one before.
        if (clock.state() != Countdown.State.RUNNING) {
            request.cancel();
        }
    }
}
