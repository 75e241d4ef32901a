package io.forkloom.cli.crawl.fetch;

import crawlercommons.domains.EffectiveTldFinder;
import java.net.URI;
import java.util.Locale;

/** How far links are followed from a page that the user named. http and https are one. */
public enum Scope {
    /** The same host, and the same port if it is not the scheme's own. */
    HOST {
        @Override
        public boolean admits(URI seed, URI link) {
            return host(seed).equals(host(link)) && port(seed) == port(link);
        }
    },

    /** All hosts of the domain that somebody has registered: {@code example.co.uk}, {@code name.github.io}. */
    DOMAIN {
        @Override
        public boolean admits(URI seed, URI link) {
            String domain = registered(host(seed));
            // An address of digits or a name such as localhost belongs to no domain.
            return domain.isEmpty() ? HOST.admits(seed, link) : domain.equals(registered(host(link)));
        }
    },

    /** The same host, below the folder of the named page: of {@code /docs/a.html} all in {@code /docs/}. */
    PREFIX {
        @Override
        public boolean admits(URI seed, URI link) {
            String path = Addresses.normal(seed).getRawPath();
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            return HOST.admits(seed, link)
                    && Addresses.normal(link).getRawPath().startsWith(folder);
        }
    };

    private static final int OWN_PORT = -1;

    /** Whether the link is followed. Both are of http or https, and absolute. */
    public abstract boolean admits(URI seed, URI link);

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        int own = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getPort() == own ? OWN_PORT : uri.getPort();
    }

    /** Empty where there is none. */
    private static String registered(String host) {
        String domain = EffectiveTldFinder.getAssignedDomain(host, true, false);
        return domain == null ? "" : domain;
    }
}
