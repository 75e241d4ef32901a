package io.forkloom.cli.crawl;

import java.io.Serializable;

/**
 * One line of the output, as it comes from a worker.
 *
 * @param type the media type that the parser went by
 * @param content of the bytes as received
 */
record Result(Origin origin, String type, Content content, Reading reading, Effort effort) implements Serializable {

    /** @param sha512 in lower-case hex */
    record Content(long bytes, String sha512) implements Serializable {}

    /**
     * @param worker which worker parsed it
     * @param ms the time it took there, in milliseconds
     */
    record Effort(String worker, double ms) implements Serializable {}
}
