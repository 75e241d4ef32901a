package io.forkloom.cli.crawl.fetch;

import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The HTTP client, the JDK's: HTTP/1.1, without cookies, following nothing.
 *
 * <p>It leaves the connection open to a server whose answer it cannot read. So after such an answer a new one takes its
 * place, and the old one ends with the last request that it has, which closes all that it left open.
 */
final class Client implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final FetchOptions options;
    /** Nobody sends by a client while it is replaced: one that is shut down refuses what comes. */
    private final ReentrantReadWriteLock sending = new ReentrantReadWriteLock();

    private HttpClient current;
    private boolean closed;

    Client(FetchOptions options) {
        this.options = options;
        this.current = open();
    }

    /** The bodies of answers are read from the server as they are read here. */
    CompletableFuture<HttpResponse<InputStream>> send(HttpRequest request) {
        HttpClient client;
        CompletableFuture<HttpResponse<InputStream>> answer;
        sending.readLock().lock();
        try {
            client = current;
            answer = client.sendAsync(request, BodyHandlers.ofInputStream());
        } finally {
            sending.readLock().unlock();
        }
        var _ = answer.whenComplete((_, failure) -> {
            if (failure != null && isUnreadable(failure)) {
                replace(client);
            }
        });
        return answer;
    }

    private static boolean isUnreadable(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
                return true;
            }
        }
        return false;
    }

    private void replace(HttpClient spoiled) {
        sending.writeLock().lock();
        try {
            if (!closed && current.equals(spoiled)) {
                current = open();
                spoiled.shutdown();
            }
        } finally {
            sending.writeLock().unlock();
        }
    }

    private HttpClient open() {
        var builder = HttpClient.newBuilder()
                // Over the server's limit of streams HTTP/2 fails instead of waiting.
                .version(HttpClient.Version.HTTP_1_1)
                // Followed by Journey, where scheme, host and robots.txt can be checked.
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.deadline().compareTo(CONNECT) < 0 ? options.deadline() : CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        options.visitor().proxies().ifPresent(builder::proxy);
        return builder.build();
    }

    @Override
    public void close() {
        sending.writeLock().lock();
        try {
            closed = true;
            current.shutdownNow();
        } finally {
            sending.writeLock().unlock();
        }
    }
}
