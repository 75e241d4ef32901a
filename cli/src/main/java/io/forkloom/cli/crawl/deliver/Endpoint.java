package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.Locale;

/**
 * A server that is sent each result.
 *
 * @param url with {@link #KEY} where the key goes, if it goes into the address
 */
record Endpoint(String url, HttpOptions options) implements Target {
    static final String KEY = "{key}";

    static Endpoint of(String to, HttpOptions options) {
        URI uri;
        try {
            uri = new URI(to.replace(KEY, "key"));
        } catch (URISyntaxException malformed) {
            throw new InputException(
                    "--to '" + withoutQuery(to) + "' is not a well-formed URL: " + malformed.getReason(), malformed);
        }
        if (uri.getHost() == null || uri.getPort() > 65_535) {
            throw new InputException("--to '" + withoutQuery(to) + "' names no valid host and port");
        }
        if (uri.getRawUserInfo() != null) {
            throw new InputException("--to " + uri.getScheme() + "://...@" + uri.getHost()
                    + ": user names and passwords in URLs are refused; give --header 'Authorization: ...'");
        }
        if (uri.getRawFragment() != null) {
            throw new InputException("--to '" + withoutQuery(to) + "': leave out what stands behind #");
        }
        if (!options.method().equals("PUT") || to.contains(KEY)) {
            return new Endpoint(to, options);
        }
        if (uri.getRawQuery() != null) {
            throw new InputException("--to " + withoutQuery(to) + "?...: say by " + KEY + " where the key goes");
        }
        return new Endpoint(to + (to.endsWith("/") ? "" : "/") + KEY, options);
    }

    static boolean looksLike(String to) {
        String lower = to.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    /** Where the result of a key goes. */
    URI address(String key) {
        return URI.create(url.replace(KEY, URLEncoder.encode(key, UTF_8).replace("+", "%20")));
    }

    @Override
    public String name() {
        return options.method() + " " + this;
    }

    @Override
    public boolean canRefuse() {
        return true;
    }

    @Override
    public void refuseExisting() {}

    @Override
    public long end() {
        return 0;
    }

    @Override
    public Sink open(long position, Console console) {
        return new HttpSink(this);
    }

    /** Without its query, which may hold a secret. */
    @Override
    public String toString() {
        return withoutQuery(url);
    }

    private static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*", "");
    }
}
