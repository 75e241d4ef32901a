package io.forkloom.cli.crawl;

/** Names of what a journal knows of the whole crawl. */
final class Notes {
    /** How many sources were read; there once all of them were. */
    static final String LINES = "lines";
    /** What results depend on, in words that must be the same to go on. */
    static final String TERMS = "terms";
    /** There once outputs are complete, or are just getting their names. */
    static final String COMPLETE = "complete";

    private Notes() {}
}
