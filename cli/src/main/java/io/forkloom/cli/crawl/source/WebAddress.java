package io.forkloom.cli.crawl.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads web addresses strictly: http and https only, with a host. */
public final class WebAddress {
    private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://.*|(https?|ftp|file):.*");
    private static final int MAX_LENGTH = 8_192;

    private WebAddress() {}

    /** Whether it is meant as an address, well formed or not, rather than as the name of a file. */
    static boolean looksLike(String text) {
        return SCHEME.matcher(text).matches();
    }

    /**
     * The address that was written.
     *
     * @throws IllegalArgumentException whose message says what is wrong with which address
     */
    public static URI parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the address " + text.substring(0, 60) + "... is longer than " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a well-formed URL: " + malformed.getReason() + " at position "
                            + malformed.getIndex(),
                    malformed);
        }
        return check(uri, text);
    }

    /** Of an address that others wrote: empty where it makes no sense. */
    public static Optional<URI> tryParse(String text) {
        try {
            return Optional.of(parse(text.strip()));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /** Where a redirect leads. Servers send blanks unescaped, and browsers follow. */
    public static URI redirect(URI from, String location) {
        URI to;
        try {
            to = from.resolve(new URI(location.strip().replace(" ", "%20")));
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("redirected to '" + location + "', which is not a URL", malformed);
        }
        return check(to, "redirect to " + location);
    }

    private static URI check(URI uri, String text) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            throw new IllegalArgumentException("'" + text + "': file URLs are refused, name the path itself");
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("'" + text + "': only http and https are fetched");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is not a well-formed URL: it names no valid host");
        }
        if (uri.getPort() > 65_535) {
            throw new IllegalArgumentException("'" + text + "': there is no port " + uri.getPort());
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("'" + text + "': user names and passwords in URLs are refused");
        }
        return withoutFragment(uri);
    }

    private static URI withoutFragment(URI uri) {
        String ascii = uri.toASCIIString();
        int hash = ascii.indexOf('#');
        return URI.create(hash < 0 ? ascii : ascii.substring(0, hash));
    }

    /** What limits per host count by: {@code example.org:443}. */
    public static String host(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
