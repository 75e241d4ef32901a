package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.fetch.Scope;
import io.forkloom.cli.crawl.fetch.Sitemaps;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.WebAddress;
import java.net.URI;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The named sources, and behind them the pages of their hosts' sitemaps, as far as the scope goes. */
final class SitemapSources implements Iterator<Source> {
    /** Of more hosts the sitemaps are not read. */
    private static final int HOSTS = 10_000;

    private final Iterator<Source> named;
    private final Sitemaps sitemaps;
    private final Scope scope;
    private final Map<String, URI> roots = new LinkedHashMap<>();
    private @Nullable Iterator<URI> rest;
    private Iterator<Source> pages = Collections.emptyIterator();
    private @Nullable URI root;
    private @Nullable Source next;

    SitemapSources(Iterator<Source> named, Sitemaps sitemaps, Scope scope) {
        this.named = named;
        this.sitemaps = sitemaps;
        this.scope = scope;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = named.hasNext() ? known(named.next()) : page();
        }
        return next != null;
    }

    @Override
    public Source next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("all sources have been read");
        }
        var given = next;
        next = null;
        return given;
    }

    private Source known(Source source) {
        if (source instanceof Source.Web web && roots.size() < HOSTS) {
            roots.putIfAbsent(WebAddress.host(web.uri()), web.uri());
        }
        return source;
    }

    private @Nullable Source page() {
        if (rest == null) {
            rest = roots.values().iterator();
        }
        while (true) {
            while (pages.hasNext()) {
                var page = pages.next();
                if (root == null || !(page instanceof Source.Web web) || scope.admits(root, web.uri())) {
                    return page;
                }
            }
            if (!rest.hasNext()) {
                return null;
            }
            root = rest.next();
            pages = sitemaps.of(root);
        }
    }
}
