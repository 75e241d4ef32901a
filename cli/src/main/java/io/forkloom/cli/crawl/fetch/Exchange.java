package io.forkloom.cli.crawl.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One attempt at one page: request, redirects, and the body to its last byte, under one deadline.
 * {@code HttpRequest.timeout} ends at the headers of the answer, so a body that trickles would be waited for without
 * end; here the deadline cancels whatever goes on, the wait for headers or the read of a body.
 */
final class Exchange {
    private final HttpClient client;
    private final String userAgent;
    private final Countdown clock;
    private volatile Runnable cancel = () -> {};

    Exchange(HttpClient client, String userAgent, ScheduledExecutorService timer, Duration deadline) {
        this.client = client;
        this.userAgent = userAgent;
        this.clock = new Countdown(timer, deadline, () -> cancel.run());
    }

    Countdown clock() {
        return clock;
    }

    /** Waits for the headers. The body is read from the answer while the clock runs. */
    HttpResponse<InputStream> send(URI uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .header("User-Agent", userAgent)
                .header("Accept", "text/html, text/plain;q=0.9, */*;q=0.5")
                .build();
        var answer = client.sendAsync(request, BodyHandlers.ofInputStream());
        during(() -> answer.cancel(true));
        try {
            var response = answer.get();
            during(() -> close(response.body()));
            return response;
        } catch (InterruptedException stop) {
            answer.cancel(true);
            throw stop;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException failure ? failure : new IOException(failed.getCause());
        } catch (java.util.concurrent.CancellationException late) {
            throw new IOException("cancelled at the deadline", late);
        }
    }

    private void during(Runnable action) {
        cancel = action;
        // The deadline may have passed between two actions, and cancelled the one before.
        if (clock.isOver()) {
            action.run();
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
