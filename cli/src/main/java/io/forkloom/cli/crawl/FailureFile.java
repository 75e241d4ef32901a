package io.forkloom.cli.crawl;

import io.forkloom.cli.AtomicFile;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.journal.Rows;
import io.forkloom.cli.crawl.source.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code OUT.failed.jsonl}: what the journal says of those that failed. There only if there are any. */
final class FailureFile {
    private static final int BATCH = 1_000;

    private FailureFile() {}

    /** Replaces what is there: it was of this crawl, or the crawl would not have begun. */
    static void write(Path file, Journal journal) {
        try {
            var failed = journal.failed(0, BATCH);
            if (failed.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            try (var atomic = AtomicFile.create(file)) {
                for (List<Rows.Failed> batch = failed; !batch.isEmpty(); ) {
                    for (var each : batch) {
                        atomic.stream().write((each.failure().json() + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    batch = journal.failed(batch.getLast().id(), BATCH);
                }
                atomic.commit();
            }
        } catch (IOException failure) {
            throw new InputException("cannot write " + file + ": " + Problems.describe(failure), failure);
        }
    }
}
