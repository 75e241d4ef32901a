package io.forkloom.cli.crawl;

import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import io.forkloom.cli.crawl.frontier.Frontier;
import io.forkloom.cli.crawl.journal.Found;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.source.Source;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Brings the sources into the journal. One thread reads, and may wait for a pipe; one writes what has been read meanwhile: so
 * a line of a slow pipe is not kept until there are many, and many lines of a file are one transaction.
 */
final class Feed {
    private static final int BATCH = 1_000;
    /** An endless pipe must not fill the disk. */
    private static final long OPEN = 2_000_000;

    private final Journal journal;
    private final Frontier frontier;

    Feed(Journal journal, Frontier frontier) {
        this.journal = journal;
        this.frontier = frontier;
    }

    /** Until the sources end; from then on the journal says that they were read. A failure ends the frontier's wait too. */
    void run(List<Iterator<? extends Source>> sources) throws InterruptedException {
        boolean read = false;
        try {
            journal.note(Notes.LINES, Long.toString(readAll(sources)));
            frontier.sourcesRead();
            read = true;
        } finally {
            if (!read) {
                frontier.close();
            }
        }
    }

    private long readAll(List<Iterator<? extends Source>> sources) throws InterruptedException {
        var read = Channel.<Source>bounded("sources", BATCH);
        try (var group = TaskGroup.open("sources")) {
            group.forkAction(() -> {
                try {
                    for (var each : sources) {
                        while (each.hasNext()) {
                            read.send(each.next());
                        }
                    }
                    read.close();
                } catch (RuntimeException | Error e) {
                    read.fail(e); // after what was read before, which is kept
                }
            });
            return write(read);
        }
    }

    private long write(Channel<Source> read) throws InterruptedException {
        long lines = 0;
        var batch = new ArrayList<Found>();
        for (Source source : read) {
            batch.add(Found.named(source));
            if (read.size() == 0 || batch.size() == BATCH) {
                frontier.awaitRoom(OPEN);
                frontier.added(journal.add(batch));
                lines += batch.size();
                batch.clear();
            }
        }
        return lines;
    }
}
