package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/**
 * What an answer took.
 *
 * @param took from the request to the last byte, redirects included; without the time that we waited for a place at the
 *     host, for memory or for another attempt
 * @param bytes of the body as it came, compressed if it was; of a file its size
 */
public record Cost(Duration took, long bytes) {}
