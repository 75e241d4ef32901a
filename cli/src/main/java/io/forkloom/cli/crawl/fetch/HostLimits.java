package io.forkloom.cli.crawl.fetch;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** At most so many fetches from one host at a time. Hosts without fetches take no memory. */
final class HostLimits {
    private static final class Host {
        final Semaphore free;
        int users;

        Host(int limit) {
            free = new Semaphore(limit, true);
        }
    }

    /** Gives the place back. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private final int limit;
    private final Map<String, Host> hosts = new HashMap<>();

    HostLimits(int limit) {
        this.limit = limit;
    }

    /** Waits for a place. */
    Place enter(String name) throws InterruptedException {
        Host host = use(name);
        try {
            host.free.acquire();
        } catch (InterruptedException stop) {
            leave(name, host);
            throw stop;
        }
        return () -> {
            host.free.release();
            leave(name, host);
        };
    }

    /** Counted before the wait, so that a host somebody waits for is not forgotten and limited a second time. */
    private synchronized Host use(String name) {
        Host host = hosts.computeIfAbsent(name, _ -> new Host(limit));
        host.users++;
        return host;
    }

    private synchronized void leave(String name, Host host) {
        host.users--;
        if (host.users == 0) {
            hosts.remove(name);
        }
    }

    synchronized int known() {
        return hosts.size();
    }
}
