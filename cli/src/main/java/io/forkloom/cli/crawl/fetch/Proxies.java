package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy stands before a host: the one that the user names, or those of the environment as curl reads them.
 * This machine itself is always asked directly.
 */
final class Proxies extends ProxySelector {
    private static final int DEFAULT_PORT = 80;

    private final Optional<Proxy> http;
    private final Optional<Proxy> https;
    private final List<String> direct;

    private Proxies(Optional<Proxy> http, Optional<Proxy> https, List<String> direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    /**
     * Empty where nobody has said anything.
     *
     * @param named by the user; null where none was
     * @throws InputException if it makes no sense
     */
    static Optional<ProxySelector> of(@Nullable String named, Map<String, String> environment) {
        if (named != null) {
            var proxy = Optional.of(parse("--proxy", named));
            return Optional.of(new Proxies(proxy, proxy, List.of()));
        }
        // HTTP_PROXY in upper case is what a web server sets for a header "Proxy" of whoever asks it.
        var http = variable(environment, "http_proxy");
        var https = variable(environment, "https_proxy", "HTTPS_PROXY");
        if (http.isEmpty() && https.isEmpty()) {
            return Optional.empty();
        }
        String no = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        var direct = Arrays.stream(no.split("[, ]+"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .toList();
        return Optional.of(new Proxies(http, https, direct));
    }

    private static Optional<Proxy> variable(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "");
            if (!value.isBlank()) {
                return Optional.of(parse("the environment variable " + name, value.strip()));
            }
        }
        return Optional.empty();
    }

    private static Proxy parse(String from, String text) {
        try {
            var uri = new URI(text.contains("://") ? text : "http://" + text);
            if (uri.getUserInfo() != null) {
                throw new InputException(from + " has a user name in it: proxies that want one are not supported");
            }
            if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme()) && uri.getPort() <= 65_535) {
                int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
                // Looked up at each connection: a proxy may move.
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
            }
        } catch (URISyntaxException wrong) {
            // Told below.
        }
        throw new InputException(from + " '" + text + "' is not a proxy: write http://host:port");
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return List.of(isDirect(uri) ? Proxy.NO_PROXY : proxy.orElse(Proxy.NO_PROXY));
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return isLoopback(host) || direct.stream().anyMatch(entry -> covers(entry, host, uri.getPort()));
    }

    /** {@code example.org} and {@code .example.org} stand for it and for all below it; {@code *} for everything. */
    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.indexOf(':') == colon) {
            if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        String plain = name.startsWith(".") ? name.substring(1) : name;
        return host.equals(plain) || host.endsWith("." + plain);
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** The fetch fails, and says so itself. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
}
