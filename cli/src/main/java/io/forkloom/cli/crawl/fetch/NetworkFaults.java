package io.forkloom.cli.crawl.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for what the HTTP client throws, some of it without a message, and whether it is worth another attempt. */
final class NetworkFaults {
    private NetworkFaults() {}

    static FetchException explain(String host, IOException failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return FetchException.unreached("no such host: " + host.replaceFirst(":[0-9]+$", ""), false);
        }
        if (has(failure, NumberFormatException.class)) {
            return FetchException.lasting(host + " does not speak HTTP: its Content-Length is no number");
        }
        return switch (failure) {
            case HttpConnectTimeoutException _ ->
                FetchException.unreached("cannot connect to " + host + ": no answer", true);
            // The client gives no message where the system says that nobody listens.
            case ConnectException refused ->
                FetchException.unreached(
                        "cannot connect to " + host + ": "
                                + (refused.getMessage() == null ? "connection refused" : refused.getMessage()),
                        true);
            case SSLException tls -> FetchException.lasting("no secure connection to " + host + ": " + words(tls));
            case ProtocolException wrong -> FetchException.lasting(host + " does not speak HTTP: " + words(wrong));
            default -> FetchException.passing("the connection to " + host + " broke: " + words(failure));
        };
    }

    private static String words(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
