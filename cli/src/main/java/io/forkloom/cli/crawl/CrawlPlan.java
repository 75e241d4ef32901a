package io.forkloom.cli.crawl;

import io.forkloom.PoolBrokenException;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Targets;
import io.forkloom.cli.crawl.fetch.FetchOptions;
import io.forkloom.cli.crawl.fetch.Scope;
import io.forkloom.cli.crawl.journal.JournalException;
import io.forkloom.cli.crawl.parse.ParseOptions;
import io.forkloom.cli.crawl.source.Sources;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * All that a crawl is told; checked by whoever made it.
 *
 * @param fromFailed the journal of an earlier crawl, of which those that failed are sources too
 */
record CrawlPlan(
        Sources sources,
        FetchOptions fetch,
        ParseOptions parse,
        Following following,
        Output output,
        Optional<Path> fromFailed,
        boolean quiet) {
    /**
     * Which links are followed.
     *
     * @param depth how far; 0 for none
     * @param sitemaps whether the pages that the sitemaps of the named hosts list are sources
     * @param dedupe whether a page with the content of another is dropped
     */
    record Following(int depth, Scope scope, boolean dedupe, boolean sitemaps) {}

    /**
     * Where results go, and what is there.
     *
     * @param terms what a crawl that goes on must have in common with its beginning
     * @param retry outcomes that are tried again
     * @param since the journal of an earlier crawl
     */
    record Output(Targets targets, Terms terms, boolean overwrite, Set<String> retry, Optional<Path> since) {}

    /** What ended the whole crawl, for the user: an output that cannot be written, or workers that cannot start. */
    static RuntimeException explain(RuntimeException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InputException told -> {
                    return told;
                }
                case JournalException lost -> {
                    return new InputException(String.valueOf(lost.getMessage()), lost);
                }
                case PoolBrokenException broken -> {
                    return new InputException(String.valueOf(broken.getMessage()), broken);
                }
                default -> {}
            }
        }
        return failed;
    }
}
