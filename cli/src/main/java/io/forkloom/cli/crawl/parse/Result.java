package io.forkloom.cli.crawl.parse;

import java.util.List;

/**
 * What a worker made of a page.
 *
 * @param type the media type that the parser went by
 * @param content of the bytes as received
 * @param json the result as users get it: one JSON object in UTF-8, without a line feed
 * @param links where the page leads, for whoever follows them
 */
// The bytes are not copied: a result is made once, sent, and compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
public record Result(Origin origin, String type, Content content, byte[] json, List<String> links, Effort effort) {
    /**
     * The content as received.
     *
     * @param sha512 in lower-case hex
     */
    public record Content(long bytes, String sha512) {}

    /**
     * What it took.
     *
     * @param worker which worker parsed it
     * @param ms the time it took there, in milliseconds
     */
    public record Effort(String worker, double ms) {}
}
