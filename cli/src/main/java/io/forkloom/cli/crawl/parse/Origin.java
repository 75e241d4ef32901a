package io.forkloom.cli.crawl.parse;

/**
 * Where a page came from.
 *
 * @param source what the user or the list called it
 * @param base the address after redirects, which relative links are relative to; empty for a file
 * @param status the server's status; 0 for a file
 * @param contentType the server's header; empty where it sent none, and for a file
 */
public record Origin(String source, String base, int status, String contentType) {

    public static Origin file(String name) {
        return new Origin(name, "", 0, "");
    }

    /** {@code text/html} of {@code Text/HTML; charset=utf-8}. */
    String mediaType() {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
    }
}
