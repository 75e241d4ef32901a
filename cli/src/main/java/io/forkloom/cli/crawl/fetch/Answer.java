package io.forkloom.cli.crawl.fetch;

/** What came of a source: its content, or the word that it has not changed. */
public sealed interface Answer permits Fetched, Unchanged {
    Validators validators();

    Cost cost();
}
