package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Sinks;
import io.forkloom.cli.crawl.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a crawl begins: anew, where an earlier run of it was ended, or once more for what failed.
 *
 * @param sinks opened where the journal says; they also keep a second run away
 */
record Beginning(Journal journal, Sinks sinks) implements AutoCloseable {
    /** Whether all sources are in the journal. */
    boolean hasSources() {
        return journal.note(Notes.LINES).isPresent();
    }

    /** Opens both. */
    static Beginning of(CrawlPlan.Output output, Console console) {
        var targets = output.targets();
        var retry = output.retry();
        var place = targets.journal();
        if (place.isEmpty()) {
            if (!retry.isEmpty()) {
                throw new InputException("--retry needs a crawl that was kept: --to " + targets + " keeps none");
            }
            return new Beginning(Journal.temporary(), targets.open(Map.of(), console));
        }
        Path file = place.get();
        if (output.overwrite() || !Files.exists(file)) {
            if (!retry.isEmpty()) {
                throw new InputException("--retry: there is no " + file + ", so nothing is known of what failed");
            }
            return anew(output, file, console);
        }
        var journal = Journal.open(file, false);
        try {
            return new Beginning(journal, again(output, journal, console));
        } catch (RuntimeException | Error failure) {
            journal.close();
            throw failure;
        }
    }

    private static Beginning anew(CrawlPlan.Output output, Path file, Console console) {
        var targets = output.targets();
        targets.refuseExisting();
        // First the sinks: they refuse where another run is at work, whose journal must stay.
        var sinks = targets.open(Map.of(), console);
        try {
            var journal = Journal.create(file);
            output.terms().noteIn(journal);
            return new Beginning(journal, sinks);
        } catch (RuntimeException | Error failure) {
            sinks.close();
            throw failure;
        }
    }

    private static Sinks again(CrawlPlan.Output output, Journal journal, Console console) {
        var targets = output.targets();
        var retry = output.retry();
        boolean complete = journal.note(Notes.COMPLETE).filter("yes"::equals).isPresent();
        if (complete && retry.isEmpty()) {
            var counts = journal.counts();
            throw new InputException(targets + " is complete (" + counts.done() + " done): name another file, give"
                    + " --overwrite to begin anew, or --retry for what failed");
        }
        output.terms().check(journal);
        var sinks = targets.open(complete ? targets.ends() : journal.positions(), console);
        if (!retry.isEmpty()) {
            journal.retry(retry);
        }
        // Whoever added to a complete output meanwhile keeps that, also if this run ends before its first batch.
        journal.end(List.of(), sinks.positions());
        journal.note(Notes.COMPLETE, "no");
        return sinks;
    }

    /** The outputs get their names, and the journal says so. */
    void complete() {
        try {
            journal.end(List.of(), sinks.flush());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the crawl's own thread was interrupted", e);
        }
        journal.note(Notes.COMPLETE, "soon");
        sinks.commit();
        journal.note(Notes.COMPLETE, "yes");
        journal.fold();
    }

    @Override
    public void close() {
        try (journal) {
            sinks.close();
        }
    }
}
