package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/**
 * How much is asked at a time.
 *
 * @param limit fetches at a time
 * @param perHost of them to one host
 * @param delay between the starts of two requests to one host; a longer one of its robots.txt holds
 * @param rate requests a second over all hosts; 0 for as many as come
 */
public record Traffic(int limit, int perHost, Duration delay, double rate) {

    /** Without a pause between requests. */
    public static Traffic of(int limit, int perHost) {
        return new Traffic(limit, perHost, Duration.ZERO, 0);
    }
}
