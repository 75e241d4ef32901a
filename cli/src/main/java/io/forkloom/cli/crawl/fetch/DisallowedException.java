package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/** A page may not be fetched: the host's robots.txt says so. */
public final class DisallowedException extends FetchException {
    private static final long serialVersionUID = 1;

    DisallowedException(String host) {
        super("robots.txt of " + host + " disallows it (--ignore-robots, where you may)", false, true, Duration.ZERO);
    }
}
