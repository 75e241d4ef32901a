package io.forkloom.cli.crawl.fetch;

import java.net.http.HttpHeaders;

/**
 * By what a page can be asked for again only if it has changed; to be kept as they are. Of a file the etag is made of
 * its size and its time.
 *
 * @param etag empty where there is none
 * @param lastModified in the server's words; empty where there is none
 */
public record Validators(String etag, String lastModified) {
    public static final Validators NONE = new Validators("", "");
    /** A server's whim must not fill the journal, nor come back as a header that cannot be sent. */
    private static final int LONGEST = 500;

    public Validators {
        etag = clean(etag);
        lastModified = clean(lastModified);
    }

    static Validators of(HttpHeaders headers) {
        return new Validators(
                headers.firstValue("ETag").orElse(""),
                headers.firstValue("Last-Modified").orElse(""));
    }

    /** Whether there is nothing to ask by. */
    public boolean isEmpty() {
        return etag.isEmpty() && lastModified.isEmpty();
    }

    private static String clean(String value) {
        return value.length() <= LONGEST && value.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? value : "";
    }
}
