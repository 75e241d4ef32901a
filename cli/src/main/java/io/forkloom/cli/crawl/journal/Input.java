package io.forkloom.cli.crawl.journal;

import io.forkloom.cli.crawl.source.Source;

/**
 * One input of a crawl, as the journal knows it.
 *
 * @param key what it is known by: the normalised address, or the absolute path; no two inputs have the same
 * @param host where it is fetched from; empty for what is no page
 * @param depth how many links away from what the user named; 0 for that itself
 * @param root the input that the user named, from which links led here; its own id for one of these
 */
public record Input(long id, String key, Source source, String host, int depth, long root) {
    /** Whether the user named it; others were found as links. */
    public boolean isNamed() {
        return depth == 0;
    }
}
