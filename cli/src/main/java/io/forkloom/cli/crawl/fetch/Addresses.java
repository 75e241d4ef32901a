package io.forkloom.cli.crawl.fetch;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Locale;

/** One spelling for all addresses that are the same by their syntax alone (RFC 3986, 6.2.2 and 6.2.3). */
public final class Addresses {
    private Addresses() {}

    /** By what pages are told apart. Two with the same key are the same page; the order of a query counts. */
    public static String key(URI uri) {
        return normal(uri).toString();
    }

    /**
     * Scheme and host in lower case, no port where it is the scheme's own, no dot segments, a path, percent-encoding
     * where it is needed alone, no fragment.
     *
     * @param uri of http or https, with a host
     */
    public static URI normal(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var normal =
                new StringBuilder(scheme).append("://").append(uri.getHost().toLowerCase(Locale.ROOT));
        if (uri.getPort() >= 0 && uri.getPort() != (scheme.equals("https") ? 443 : 80)) {
            normal.append(':').append(uri.getPort());
        }
        // Decoded first: what is spelled %2e%2e is a step up as well.
        normal.append(withoutDots(Percent.normal(uri.getRawPath() == null ? "" : uri.getRawPath(), Percent.Form.URL)));
        if (uri.getRawQuery() != null) {
            normal.append('?').append(Percent.normal(uri.getRawQuery(), Percent.Form.URL));
        }
        return URI.create(normal.toString());
    }

    /** RFC 3986, 5.2.4. */
    private static String withoutDots(String path) {
        var kept = new ArrayDeque<String>();
        String[] segments = path.split("/", -1);
        // The first is what stands before the first slash: nothing.
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last) {
                        kept.add("");
                    }
                }
                case ".." -> {
                    kept.pollLast();
                    if (last) {
                        kept.add("");
                    }
                }
                default -> kept.add(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }
}
