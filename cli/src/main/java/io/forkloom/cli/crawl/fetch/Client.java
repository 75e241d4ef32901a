package io.forkloom.cli.crawl.fetch;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client, Apache's: HTTP/1.1, without cookies, accounts and upgrades, following nothing. It has no threads; whoever
 * asks waits in a blocking read, which cancelling the request ends, and an interrupt of a virtual thread too.
 */
final class Client implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** As long as browsers allow it, about; the whole head at most LINE times HEADERS. */
    private static final int LINE = 64 << 10;

    private static final int HEADERS = 256;

    private final CloseableHttpClient http;

    Client(FetchOptions options) {
        var builder = HttpClientBuilder.create()
                .setConnectionManager(connections(options))
                .setDefaultRequestConfig(RequestConfig.custom()
                        // A server may hang up on the header "Upgrade", which is sent otherwise.
                        .setProtocolUpgradeEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .setRetryStrategy(new OnceMore())
                // Followed by Journey, where scheme, host and robots.txt can be checked.
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState();
        options.visitor()
                .proxies()
                .ifPresent(proxies -> builder.setRoutePlanner(new SystemDefaultRoutePlanner(proxies)));
        http = builder.build();
    }

    private static PoolingHttpClientConnectionManager connections(FetchOptions options) {
        // More than are ever in use, so that nobody waits for one; the one used longest ago is closed for a new host.
        int most = 2 * options.limit() + 16;
        var head = Http1Config.custom()
                .setMaxLineLength(LINE)
                .setMaxHeaderCount(HEADERS)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(most)
                .setMaxConnPerRoute(most)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(head)
                        .responseParserFactory(new DefaultHttpResponseParserFactory(head))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(
                                Timeout.of(options.deadline().compareTo(CONNECT) < 0 ? options.deadline() : CONNECT))
                        .build())
                .build();
    }

    /** A request to be sent by {@link #send}. */
    static HttpUriRequestBase request(URI uri) {
        // The client's own reading of an address refuses paths that begin with two slashes.
        var request = new HttpGet(uri.resolve("/"));
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        request.setPath(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        return request;
    }

    /** Waits for the head of the answer. Its body is read from the server as it is read here; it is to be closed. */
    ClassicHttpResponse send(HttpUriRequestBase request) throws IOException {
        try {
            return http.executeOpen(null, request, null);
        } catch (ConnectionShutdownException closed) {
            throw new IOException("the client is closed", closed);
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    /** A kept connection may be closed by its server just as a request goes out: that one is sent again, at once. */
    private static final class OnceMore implements HttpRequestRetryStrategy {
        @Override
        public boolean retryRequest(HttpRequest request, IOException failure, int attempts, HttpContext context) {
            var connection = HttpClientContext.cast(context).getEndpointDetails();
            return attempts == 1
                    && (failure instanceof NoHttpResponseException || failure instanceof SocketException)
                    && connection != null
                    && connection.getRequestCount() > 1
                    && !Thread.currentThread().isInterrupted();
        }

        @Override
        public boolean retryRequest(org.apache.hc.core5.http.HttpResponse response, int attempts, HttpContext context) {
            return false;
        }

        @Override
        public TimeValue getRetryInterval(
                org.apache.hc.core5.http.HttpResponse response, int attempts, HttpContext context) {
            return TimeValue.ZERO_MILLISECONDS;
        }
    }
}
