package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Sinks;
import io.forkloom.cli.crawl.journal.Journal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        var place = journal(output);
        if (place.isEmpty()) {
            return new Beginning(Journal.temporary(), targets.open(Map.of(), console));
        }
        Path file = place.get();
        if (isAnew(output, file)) {
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

    /** The journal that a crawl would have, in words. Refuses what {@link #of} would refuse before it writes anything. */
    static String foreseen(CrawlPlan.Output output) {
        var place = journal(output);
        if (place.isEmpty()) {
            return "none: there is no file or folder that it could stand beside";
        }
        Path file = place.get();
        if (isAnew(output, file)) {
            output.targets().refuseExisting();
            return file + " (new)";
        }
        try (var journal = Journal.open(file, true)) {
            refuseComplete(output, journal);
            output.terms().check(journal);
            return file + " (goes on with it)";
        }
    }

    private static Optional<Path> journal(CrawlPlan.Output output) {
        var place = output.targets().journal();
        if (place.isEmpty() && !output.retry().isEmpty()) {
            throw new InputException("--retry needs a crawl that was kept: --to " + output.targets() + " keeps none");
        }
        return place;
    }

    private static boolean isAnew(CrawlPlan.Output output, Path file) {
        boolean anew = output.overwrite() || !Files.exists(file);
        if (anew && !output.retry().isEmpty()) {
            throw new InputException("--retry: there is no " + file + ", so nothing is known of what failed");
        }
        return anew;
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
        boolean complete = refuseComplete(output, journal);
        output.terms().check(journal);
        var targets = output.targets();
        var sinks = targets.open(complete ? targets.ends() : journal.positions(), console);
        if (!output.retry().isEmpty()) {
            journal.retry(output.retry());
        }
        // Whoever added to a complete output meanwhile keeps that, also if this run ends before its first batch.
        journal.end(List.of(), sinks.positions());
        journal.note(Notes.COMPLETE, "no");
        return sinks;
    }

    /** Unless something of it is to be tried again; gives whether it is complete. */
    private static boolean refuseComplete(CrawlPlan.Output output, Journal journal) {
        boolean complete = journal.note(Notes.COMPLETE).filter("yes"::equals).isPresent();
        if (complete && output.retry().isEmpty()) {
            throw new InputException(output.targets() + " is complete ("
                    + journal.counts().done() + " done): name another file, give --overwrite to begin anew, or --retry"
                    + " for what failed");
        }
        return complete;
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
    }

    @Override
    public void close() {
        try (journal) {
            sinks.close();
        }
    }
}
