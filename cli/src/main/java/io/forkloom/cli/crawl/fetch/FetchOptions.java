package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/**
 * How to fetch.
 *
 * @param maxSize of one page, in bytes, as received and unpacked
 * @param deadline of one exchange from its request to the last byte of its answer, redirects included
 * @param retries after a first attempt whose failure may be passing
 */
public record FetchOptions(Traffic traffic, long maxSize, Duration deadline, int retries, Visitor visitor) {

    /** Without pauses, and as a plain visitor. */
    public FetchOptions(int limit, int perHost, long maxSize, Duration deadline, int retries) {
        this(Traffic.of(limit, perHost), maxSize, deadline, retries, Visitor.plain());
    }

    /** Fetches at a time. */
    public int limit() {
        return traffic.limit();
    }
}
