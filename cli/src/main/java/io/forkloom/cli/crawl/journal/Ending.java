package io.forkloom.cli.crawl.journal;

import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.fetch.Validators;
import java.util.List;

/** How an input ended. */
public sealed interface Ending {
    Input input();

    /**
     * Delivered.
     *
     * @param sha512 of the content, in hex; empty where nobody asks for pages of the same content
     * @param validators what the server gave to ask it by whether the page has changed
     * @param links where it leads, and the crawl is to go
     */
    record Done(Input input, long bytes, String sha512, Validators validators, List<Found> links) implements Ending {}

    record Failed(Input input, Failure failure) implements Ending {}

    /** Not wanted, for a reason; there may be links that are. */
    record Skipped(Input input, Skip why, Validators validators, List<Found> links) implements Ending {}
}
