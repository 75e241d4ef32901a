package io.forkloom.cli.crawl.parse;

import java.io.Serializable;

/** What a worker is given: the content as received, and what is known of it. */
// The bytes are not copied: a page is made once, sent, and compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public record Page(Origin origin, byte[] body, ParserKind kind) implements Serializable {}
