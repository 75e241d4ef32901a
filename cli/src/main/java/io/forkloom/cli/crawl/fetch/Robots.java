package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.source.WebAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What hosts allow, by their robots.txt (RFC 9309). Each is fetched by the first who asks, while the others wait, and is
 * believed for a day. The last ones asked about are kept, as many as fit in {@value #MOST_BYTES} bytes.
 */
public final class Robots {
    static final String PATH = "/robots.txt";
    static final long MOST_BYTES = 16 << 20;

    /** Gets a robots.txt; empty where a server says that there is none. */
    interface Loader {
        Optional<byte[]> load(URI robots) throws FetchException, InterruptedException;
    }

    /** One host's, by its scheme, name and port. */
    private static final class Site {
        final ReentrantLock loading = new ReentrantLock();
        /** Guarded by its own lock. */
        final RobotsState state = new RobotsState();
        /** Guarded by the cache. */
        long weight;
    }

    private final Visitor visitor;
    private final Hosts hosts;
    private final Loader loader;
    private final LongSupplier clock;
    // Guarded by this.
    private final LinkedHashMap<URI, Site> sites = new LinkedHashMap<>(64, 0.75f, true);
    private long weight;

    Robots(Visitor visitor, Hosts hosts, Loader loader) {
        this(visitor, hosts, loader, System::nanoTime);
    }

    Robots(Visitor visitor, Hosts hosts, Loader loader, LongSupplier clock) {
        this.visitor = visitor;
        this.hosts = hosts;
        this.loader = loader;
        this.clock = clock;
    }

    /** Whether the page may be fetched. Waits for the host's robots.txt where it is not known yet. */
    public boolean allows(URI page) throws InterruptedException {
        try {
            check(page);
            return true;
        } catch (FetchException no) {
            return false;
        }
    }

    /** The sitemaps that the host's robots.txt names; none where it cannot be read. */
    public List<URI> sitemaps(URI page) throws InterruptedException {
        var found = new ArrayList<URI>();
        try {
            for (String name : rules(page).sitemaps()) {
                WebAddress.tryParse(name).ifPresent(found::add);
            }
        } catch (FetchException unreadable) {
            // Whoever fetches a page from there is told.
        }
        return found;
    }

    /** Says why where the page may not be fetched. */
    void check(URI page) throws FetchException, InterruptedException {
        if (!visitor.heedsRobots()) {
            return;
        }
        var rules = rules(page);
        if (rules.delay().isPositive()) {
            hosts.heed(WebAddress.host(page), rules.delay());
        }
        if (!rules.allows(page)) {
            throw new DisallowedException(page.getHost());
        }
    }

    private RobotRules rules(URI page) throws FetchException, InterruptedException {
        var file = Addresses.normal(page).resolve(PATH);
        var site = site(file);
        site.loading.lockInterruptibly();
        try {
            if (site.state.isDue(clock.getAsLong())) {
                load(file, site);
            }
            return site.state.rules(clock.getAsLong());
        } finally {
            site.loading.unlock();
        }
    }

    private void load(URI file, Site site) throws InterruptedException {
        try {
            var content = loader.load(file);
            var rules = content.map(bytes -> RobotsFile.parse(bytes, visitor.product()))
                    .orElse(RobotRules.ALLOW_ALL);
            site.state.read(rules, clock.getAsLong());
            weigh(file, site, rules);
        } catch (FetchException failure) {
            site.state.failed(because(file, failure), clock.getAsLong());
        }
    }

    private static FetchException because(URI file, FetchException failure) {
        return failure.isReached()
                ? failure.with(
                        "robots.txt of " + file.getHost() + " cannot be read, so nothing else is: "
                                + failure.getMessage() + " (--ignore-robots, where you may)",
                        failure.retryAfter())
                : failure;
    }

    private synchronized Site site(URI file) {
        var site = sites.get(file);
        if (site == null) {
            site = new Site();
            sites.put(file, site);
            site.weight = RobotRules.ALLOW_ALL.weight() + file.toString().length();
            weight += site.weight;
            shrink();
        }
        return site;
    }

    /** One that was dropped meanwhile weighs nothing here. */
    private synchronized void weigh(URI file, Site site, RobotRules rules) {
        if (sites.get(file) == site) {
            weight -= site.weight;
            site.weight = rules.weight() + file.toString().length();
            weight += site.weight;
            shrink();
        }
    }

    private void shrink() {
        while (weight > MOST_BYTES && sites.size() > 1) {
            weight -= sites.pollFirstEntry().getValue().weight;
        }
    }

    synchronized int known() {
        return sites.size();
    }
}
