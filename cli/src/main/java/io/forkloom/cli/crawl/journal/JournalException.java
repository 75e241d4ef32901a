package io.forkloom.cli.crawl.journal;

import java.nio.file.Path;

/** The journal cannot be written or read any more: the disk is full, or somebody has touched it. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalException(Path file, Exception cause) {
        super("the journal " + file + " failed: " + cause.getMessage(), cause);
    }
}
