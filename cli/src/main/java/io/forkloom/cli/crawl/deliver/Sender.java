package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.forkloom.cli.Times;
import io.forkloom.cli.Version;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes one attempt at sending a result. Any thread may send. */
final class Sender implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Endpoint target;
    private final HttpClient client;

    Sender(Endpoint target) {
        this.target = target;
        this.client = HttpClient.newBuilder()
                // Over the server's limit of streams HTTP/2 fails instead of waiting.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** A request's own time-out ends at the headers of the answer; this deadline holds to its last byte. */
    Answer send(Parcel parcel) throws IOException, InterruptedException {
        var deadline = target.options().patience().deadline();
        var answer = client.sendAsync(request(parcel), _ -> new AnswerHead());
        try {
            HttpResponse<String> got = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            return Answer.of(got.statusCode(), got.headers(), got.body());
        } catch (TimeoutException late) {
            return new Answer.Later("no complete answer within " + Times.words(deadline), Duration.ZERO);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException failure) {
                return new Answer.Later(words(failure), Duration.ZERO);
            }
            throw new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Parcel parcel) {
        var request = HttpRequest.newBuilder(target.address(parcel.key()))
                .method(
                        target.options().method(),
                        BodyPublishers.ofByteArray(parcel.result().json()))
                .setHeader("Content-Type", "application/json")
                .setHeader("User-Agent", "forkloom-crawl/" + Version.number());
        target.options().headers().forEach(header -> request.header(header.name(), header.value()));
        return request.setHeader("Idempotency-Key", idempotencyKey(parcel)).build();
    }

    /** The same for the same content of the same input, whenever it is sent, and by whichever crawl. */
    static String idempotencyKey(Parcel parcel) {
        String both = parcel.key() + "\n" + parcel.result().content().sha512();
        return HexFormat.of().formatHex(Digests.sha256().digest(both.getBytes(UTF_8)));
    }

    private static String words(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "no such host";
            }
        }
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "no connection within " + Times.words(CONNECT);
            // The client gives no message where the system says that nobody listens.
            case ConnectException refused when refused.getMessage() == null -> "connection refused";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
