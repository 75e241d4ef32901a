package io.forkloom.cli.crawl.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Words for what the HTTP client throws, some of it without a message, and whether it is worth another attempt. */
final class NetworkFaults {
    private NetworkFaults() {}

    static FetchException explain(String host, IOException failure) {
        return switch (failure) {
            case UnknownHostException _ ->
                FetchException.unreached("no such host: " + host.replaceFirst(":[0-9]+$", ""), false);
            case ConnectTimeoutException _ ->
                FetchException.unreached("cannot connect to " + host + ": no answer", true);
            case ConnectException refused ->
                FetchException.unreached("cannot connect to " + host + ": " + system(refused), true);
            case SSLException tls -> FetchException.lasting("no secure connection to " + host + ": " + words(tls));
            case ClientProtocolException wrong -> noHttp(host, wrong.getCause() == null ? wrong : wrong.getCause());
            case MessageConstraintException endless -> noHttp(host, endless);
            default -> FetchException.passing("the connection to " + host + " broke: " + words(failure));
        };
    }

    private static FetchException noHttp(String host, Throwable why) {
        return FetchException.lasting(host + " does not speak HTTP: " + words(why));
    }

    /** Of the client's message, which names the host and its addresses, what the system said. */
    private static String system(ConnectException refused) {
        String message = words(refused);
        String words = message.substring(message.lastIndexOf(": ") + 1).strip();
        return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }
}
