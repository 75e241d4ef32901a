package io.forkloom.cli.crawl.source;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What to crawl, in the order of the help. */
public final class SourceFlags {
    @Parameters(
            paramLabel = "SOURCE",
            description = {
                "A URL (http, https), a file, a folder (all regular",
                "files below it, links not followed), or @FILE or -",
                "for a list: one of these a line; blank lines and",
                "# comments are passed over."
            })
    List<String> sources = new ArrayList<>();

    public List<String> sources() {
        return sources;
    }
}
