package io.forkloom.cli.crawl.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to tell of it, in the order of the help. */
public final class ViewFlags {
    @Option(names = "--quiet", description = "No progress and no summary.")
    boolean quiet;

    @Option(
            names = "--json",
            description = {"Print the account as one JSON object (to standard", "error with --to -)."})
    boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = {
                "Write how the crawl went: as text, for programs or",
                "as a page with plots, by the end of the name: .txt,",
                ".json, .html. May be given several times."
            })
    List<String> reports = new ArrayList<>();

    @Option(
            names = "--dry-run",
            description = {
                "Check everything, read the sources and say what",
                "would happen; fetch nothing, write nothing."
            })
    boolean dryRun;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "Options in YAML, by their names without dashes, and",
                "sources: [...]; what is given here wins."
            })
    @Nullable
    Path config;

    public boolean quiet() {
        return quiet;
    }

    public boolean json() {
        return json;
    }

    /** As they were named; {@code ReportFile} checks them. */
    public List<String> reports() {
        return List.copyOf(reports);
    }

    public boolean dryRun() {
        return dryRun;
    }

    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }
}
