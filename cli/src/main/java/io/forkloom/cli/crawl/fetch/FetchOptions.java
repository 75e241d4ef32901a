package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/**
 * How to fetch.
 *
 * @param limit fetches at a time
 * @param perHost of them to one host
 * @param maxSize of one page, in bytes
 * @param deadline of one exchange from its request to the last byte of its answer, redirects included
 * @param retries after a first attempt whose failure may be passing
 */
public record FetchOptions(int limit, int perHost, long maxSize, Duration deadline, int retries) {}
