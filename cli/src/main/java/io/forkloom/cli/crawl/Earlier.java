package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.journal.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an earlier crawl knows of pages, so that servers are asked only for those that have changed. Perhaps none. */
record Earlier(@Nullable Journal journal) implements AutoCloseable {
    static Earlier of(Optional<Path> file) {
        return new Earlier(file.map(path -> Journal.open(path, true)).orElse(null));
    }

    Validators validators(String key) {
        return journal == null ? Validators.NONE : journal.validators(key);
    }

    /** Where a page led that has not changed: what was first found on it. */
    List<String> linksOf(String key) {
        return journal == null ? List.of() : journal.linksOf(key);
    }

    /** What failed; empty where there was no earlier crawl. */
    Optional<FailedSources> failed() {
        return Optional.ofNullable(journal).map(FailedSources::new);
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
