package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.journal.Rows;
import io.forkloom.cli.crawl.source.Source;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** What failed in an earlier crawl, as sources of this one; a few at a time are in memory. */
final class FailedSources implements Iterator<Source> {
    private static final int BATCH = 1_000;

    private final Journal journal;
    private Iterator<Rows.Failed> batch = List.<Rows.Failed>of().iterator();
    private long last;

    FailedSources(Journal journal) {
        this.journal = journal;
    }

    @Override
    public boolean hasNext() {
        if (!batch.hasNext()) {
            batch = journal.failed(last, BATCH).iterator();
        }
        return batch.hasNext();
    }

    @Override
    public Source next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all that failed have been read");
        }
        var failed = batch.next();
        last = failed.id();
        return failed.source();
    }
}
