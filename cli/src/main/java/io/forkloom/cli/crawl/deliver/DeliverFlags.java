package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go, in the order of the help. */
public final class DeliverFlags {
    @Option(names = "--to", paramLabel = "OUT", description = "The file of results; - for standard output.")
    @Nullable
    String to;

    @Option(names = "--overwrite", description = "Replace OUT and OUT.failed.jsonl.")
    boolean overwrite;

    /** The place; refuses that there is none. */
    public String required() {
        if (to == null) {
            throw new InputException("--to is missing: name the file of results, or - for standard output");
        }
        return to;
    }

    public @Nullable String to() {
        return to;
    }

    public boolean overwrite() {
        return overwrite;
    }
}
