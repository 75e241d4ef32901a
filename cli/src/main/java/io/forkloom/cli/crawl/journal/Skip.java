package io.forkloom.cli.crawl.journal;

/** Why an input gives no result, and has not failed. */
public enum Skip {
    /** Another page has the same content. */
    DUPLICATE,
    /** The page is what it was in the earlier crawl. */
    UNCHANGED,
    /** The host's robots.txt disallows it, and nobody but a link named it. */
    DISALLOWED;

    /** As users see it: {@code Duplicate}. */
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
