package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Targets;
import io.forkloom.cli.crawl.source.Problems;
import io.forkloom.cli.crawl.view.Meter;
import io.forkloom.cli.crawl.view.Setting;
import io.forkloom.cli.crawl.view.ViewFlags;
import io.forkloom.cli.crawl.view.report.Facts;
import io.forkloom.cli.crawl.view.report.ReportFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells the user how a crawl ended, and where its results are. */
final class Report {
    private final Console console;
    private final Targets targets;
    private final ViewFlags view;
    private final List<ReportFile> files;
    private final boolean kept;
    private final Instant start = Instant.now();

    /**
     * Refuses names that no report can have, before work starts.
     *
     * @param targets where the results are, to be gone on with after an interrupt; of the demo nothing is kept then
     */
    Report(Console console, Targets targets, ViewFlags view, boolean kept) {
        this.kept = kept && targets.home().isPresent();
        this.console = console;
        this.targets = targets;
        this.view = view;
        this.files = ReportFile.of(view.reports());
    }

    /** To the console, and to the files that were asked for. */
    void tell(Summary summary, Meter meter, List<Setting> settings) {
        print(summary);
        var facts =
                new Facts(start, Instant.now(), summary.interrupted(), account(summary), settings, results(summary));
        for (ReportFile file : files) {
            try {
                file.write(meter.findings(), facts);
            } catch (IOException failure) {
                throw new InputException("cannot write " + file.path() + ": " + Problems.describe(failure), failure);
            }
        }
    }

    private void print(Summary summary) {
        if (!view.quiet()) {
            console.err().println("forkloom: " + (summary.interrupted() ? "interrupted: " : "") + summary.words());
            if (summary.interrupted() ? kept : targets.home().isPresent()) {
                console.err().println("forkloom: " + where(summary));
            }
        }
        if (view.json()) {
            var stream = targets.takeStandardOutput() ? console.err() : console.out();
            stream.println(summary.json());
            stream.flush();
        }
    }

    private String where(Summary summary) {
        if (summary.interrupted()) {
            return "the same command goes on with it";
        }
        String failures = summary.failed() == 0
                ? ""
                : targets.failures().map(file -> ", failures in " + file).orElse("");
        return "results in " + targets + failures;
    }

    private static Facts.Account account(Summary summary) {
        var counts = summary.counts();
        return new Facts.Account(counts.read(), counts.done(), counts.failed(), counts.skipped(), counts.waiting());
    }

    private List<Setting> results(Summary summary) {
        var places = new ArrayList<Setting>();
        places.add(new Setting("Results", targets.toString()));
        if (summary.failed() > 0) {
            targets.failures().ifPresent(file -> places.add(new Setting("Failures", file.toString())));
        }
        targets.journal().ifPresent(file -> places.add(new Setting("Journal", file.toString())));
        return places;
    }
}
