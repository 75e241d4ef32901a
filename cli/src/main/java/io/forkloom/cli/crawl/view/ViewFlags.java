package io.forkloom.cli.crawl.view;

import picocli.CommandLine.Option;

/** What to tell of it, in the order of the help. */
public final class ViewFlags {
    @Option(names = "--quiet", description = "No progress and no summary.")
    boolean quiet;

    @Option(
            names = "--json",
            description = {"Print the account as one JSON object (to standard", "error with --to -)."})
    boolean json;

    public boolean quiet() {
        return quiet;
    }

    public boolean json() {
        return json;
    }
}
