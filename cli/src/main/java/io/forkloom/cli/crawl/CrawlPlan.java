package io.forkloom.cli.crawl;

import io.forkloom.PoolBrokenException;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Destination;
import io.forkloom.cli.crawl.fetch.FetchOptions;
import io.forkloom.cli.crawl.parse.ParseOptions;
import io.forkloom.cli.crawl.source.Sources;
import io.forkloom.pipeline.PipelineFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** All that a crawl is told; checked by whoever made it. */
record CrawlPlan(Sources sources, FetchOptions fetch, ParseOptions parse, Destination destination, boolean quiet) {

    /** What ended the whole crawl, for the user: an output that cannot be written, or workers that cannot start. */
    RuntimeException explain(PipelineFailedException failed) {
        return switch (failed.getCause()) {
            case IOException unwritable -> destination.unwritable(unwritable);
            case UncheckedIOException unwritable ->
                destination.unwritable(new IOException(unwritable.getMessage(), unwritable));
            case PoolBrokenException broken -> new InputException(String.valueOf(broken.getMessage()), broken);
            case null, default -> failed;
        };
    }
}
