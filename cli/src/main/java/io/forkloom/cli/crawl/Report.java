package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.crawl.deliver.Destination;

/** Tells the user how a crawl ended, and where its results are. */
record Report(Console console, Destination target, boolean quiet, boolean json) {

    void print(Summary summary) {
        if (!quiet) {
            console.err().println("forkloom: " + (summary.interrupted() ? "interrupted: " : "") + summary.words());
            if (!summary.interrupted() && target instanceof Destination.Beside file) {
                String failures = summary.failed() > 0 ? ", failures in " + file.failures() : "";
                console.err().println("forkloom: results in " + file.results() + failures);
            }
        }
        if (json) {
            boolean taken = target instanceof Destination.Direct direct && direct.isStandardOutput();
            var stream = taken ? console.err() : console.out();
            stream.println(summary.json());
            stream.flush();
        }
    }
}
