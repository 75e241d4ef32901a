package io.forkloom.cli.crawl.journal;

/** The journal cannot be written or read any more: the disk is full, or somebody has touched it. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalException(String name, Exception cause) {
        super("the journal " + name + " failed: " + cause.getMessage(), cause);
    }
}
