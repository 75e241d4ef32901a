package io.forkloom.cli.crawl.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One attempt at one page: request, redirects, and the body to its last byte, under one deadline.
 * {@code HttpRequest.timeout} ends at the headers of the answer, so a body that trickles would be waited for without
 * end; here the deadline cancels whatever goes on, the wait for headers or the read of a body.
 */
final class Exchange {
    private final Client client;
    private final String userAgent;
    private final Countdown clock;
    private volatile Runnable cancel = () -> {};

    Exchange(
            Client client, String userAgent, ScheduledExecutorService timer, Duration deadline, Countdown.Floor floor) {
        this.client = client;
        this.userAgent = userAgent;
        this.clock = new Countdown(timer, deadline, floor, () -> cancel.run());
    }

    Countdown clock() {
        return clock;
    }

    /** Waits for the headers. The body is to be read by {@link #body} while the clock runs. */
    HttpResponse<InputStream> send(URI uri, Validators since) throws IOException, InterruptedException {
        var answer = client.send(request(uri, since));
        during(() -> answer.cancel(true));
        try {
            var response = answer.get();
            during(() -> close(response.body()));
            clock.body();
            return response;
        } catch (InterruptedException stop) {
            answer.cancel(true);
            throw stop;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException failure ? failure : new IOException(failed.getCause());
        } catch (CancellationException late) {
            throw new IOException("cancelled at the deadline", late);
        }
    }

    private HttpRequest request(URI uri, Validators since) {
        var request = HttpRequest.newBuilder(uri)
                .header("User-Agent", userAgent)
                .header("Accept", "text/html, text/plain;q=0.9, */*;q=0.5")
                .header("Accept-Encoding", Encodings.ACCEPTED);
        if (!since.etag().isEmpty()) {
            request.header("If-None-Match", since.etag());
        }
        if (!since.lastModified().isEmpty()) {
            request.header("If-Modified-Since", since.lastModified());
        }
        return request.build();
    }

    /** The bytes as they come over the wire, counted. */
    InputStream body(HttpResponse<InputStream> response) {
        return new FilterInputStream(response.body()) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int at, int length) throws IOException {
                int count = super.read(to, at, length);
                clock.received(Math.max(0, count));
                return count;
            }
        };
    }

    private void during(Runnable action) {
        cancel = action;
        // The deadline may have passed between two actions, and cancelled the one before.
        if (clock.state() != Countdown.State.RUNNING) {
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
