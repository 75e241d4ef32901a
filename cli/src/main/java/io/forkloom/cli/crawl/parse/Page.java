package io.forkloom.cli.crawl.parse;

/** What a worker is given: the content as received, what is known of it, and how to read it. */
// The bytes are not copied: a page is made once, sent, and compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public record Page(Origin origin, byte[] body, Recipe recipe) {}
