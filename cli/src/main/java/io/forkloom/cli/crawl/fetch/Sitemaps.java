package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.source.Source;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/** The pages that hosts say they have, by their sitemaps (sitemaps.org). */
public final class Sitemaps {
    /** An index of indexes is against the protocol, and exists. */
    static final int DEEPEST = 3;
    /** Of one host. */
    static final int MOST = 50_000;

    private final WebFetcher web;
    private final BodyReader bodies;
    private final Retries retries;

    Sitemaps(WebFetcher web, MemoryBudget budget, Retries retries) {
        this.web = web;
        this.bodies = new BodyReader(SitemapFile.MOST_BYTES, budget);
        this.retries = retries;
    }

    /**
     * The pages of the host of this one: of the sitemaps that its robots.txt names, else of its {@code /sitemap.xml} if
     * there is one. They may be any pages of the web: the caller chooses among them. A sitemap that cannot be read is
     * one broken source.
     *
     * <p>Nothing is fetched before it is needed; then {@code hasNext} waits. An interrupt ends the iteration, and the
     * thread stays interrupted. One thread iterates.
     */
    public Iterator<Source> of(URI root) {
        return new Walk(root);
    }

    /** @param depth 1 for one that robots.txt names */
    private record Sitemap(URI uri, int depth, boolean isGuess) {}

    private final class Walk implements Iterator<Source> {
        private final URI root;
        private final ArrayDeque<Sitemap> waiting = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();
        private final ArrayDeque<Source> problems = new ArrayDeque<>();
        private Iterator<URI> pages = Collections.emptyIterator();
        private boolean begun;

        Walk(URI root) {
            this.root = root;
        }

        @Override
        public boolean hasNext() {
            try {
                while (problems.isEmpty() && !pages.hasNext()) {
                    if (!begun) {
                        begun = true;
                        begin();
                    } else if (waiting.isEmpty()) {
                        return false;
                    } else {
                        read(waiting.remove());
                    }
                }
                return true;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                waiting.clear();
                return false;
            }
        }

        @Override
        public Source next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!pages.hasNext()) {
                return problems.remove();
            }
            var page = pages.next();
            return new Source.Web(page.toString(), page);
        }

        private void begin() throws InterruptedException {
            var named = web.robots().sitemaps(root);
            var usual = Addresses.normal(root).resolve("/sitemap.xml");
            if (!named.isEmpty()) {
                add(named.stream().map(uri -> new Sitemap(uri, 1, false)).toList());
            } else if (web.robots().allows(usual)) {
                add(List.of(new Sitemap(usual, 1, true)));
            }
        }

        /** In front of those that wait: so a sitemap's pages come together, and few wait. */
        private void add(List<Sitemap> more) {
            var news = new ArrayList<Sitemap>();
            for (var sitemap : more) {
                if (seen.size() < MOST && seen.add(Addresses.key(sitemap.uri))) {
                    news.add(sitemap);
                }
            }
            news.reversed().forEach(waiting::addFirst);
        }

        private void read(Sitemap sitemap) throws InterruptedException {
            SitemapFile.Content content;
            try (var lease = new Leased(retries.of(() -> web.fetch(sitemap.uri, bodies)))) {
                content = SitemapFile.parse(lease.body.bytes());
            } catch (FetchException failure) {
                if (!sitemap.isGuess || failure.isPassing()) {
                    problem(sitemap, String.valueOf(failure.getMessage()));
                }
                return;
            }
            if (!content.problem().isEmpty()) {
                problem(sitemap, content.problem());
            }
            if (!content.isIndex()) {
                pages = content.addresses().iterator();
            } else if (sitemap.depth < DEEPEST) {
                add(content.addresses().stream()
                        .map(uri -> new Sitemap(uri, sitemap.depth + 1, false))
                        .toList());
            } else {
                problem(sitemap, "is an index of sitemaps more than " + DEEPEST + " levels deep");
            }
        }

        private void problem(Sitemap sitemap, String what) {
            problems.add(new Source.Broken(sitemap.uri.toString(), "sitemap: " + what));
        }
    }

    private record Leased(BodyReader.Body body) implements AutoCloseable {
        @Override
        public void close() {
            body.lease().close();
        }
    }
}
