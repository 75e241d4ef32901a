package io.forkloom.cli.crawl;

import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a user can say to {@code forkloom crawl}, in the order of its help, and the plan that comes of it. */
final class CrawlOptions {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Size HEAP = Size.of("512m");

    @Parameters(
            paramLabel = "SOURCE",
            description = {
                "A URL (http, https), a file, a folder (all regular",
                "files below it, links not followed), or @FILE or -",
                "for a list: one of these a line; blank lines and",
                "# comments are passed over."
            })
    List<String> sources = new ArrayList<>();

    @Option(names = "--to", paramLabel = "OUT", description = "The file of results; - for standard output.")
    @Nullable
    String to;

    @Option(names = "--overwrite", description = "Replace OUT and OUT.failed.jsonl.")
    boolean overwrite;

    @Option(
            names = "--parse",
            paramLabel = "KIND",
            converter = ParserKind.Converter.class,
            description = {"auto (by content type), html, text or sha512;", "default auto."})
    ParserKind kind = ParserKind.AUTO;

    @Option(names = "--workers", paramLabel = "N", description = "Processes that parse; default one a processor.")
    int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = Size.Converter.class,
            description = "Heap of each worker; default 512m.")
    @Nullable
    Size heap;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = "What the parse of a page may take; default 30s.")
    @Nullable
    Duration deadline;

    @Option(names = "--limit", paramLabel = "N", description = "Fetches at a time; default ${DEFAULT-VALUE}.")
    int limit = 64;

    @Option(names = "--per-host", paramLabel = "N", description = "Of these to one host; default ${DEFAULT-VALUE}.")
    int perHost = 4;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = Size.Converter.class,
            description = "Largest page or file; default 32m.")
    Size maxSize = Size.of("32m");

    @Option(
            names = "--fetch-deadline",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = {"From a request to the last byte of its answer,", "redirects included; default 30s."})
    @Nullable
    Duration fetchDeadline;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = {
                "Further attempts after refused or broken",
                "connections, 5xx and 429; default ${DEFAULT-VALUE}."
            })
    int retries = 2;

    @Option(names = "--quiet", description = "No progress and no summary.")
    boolean quiet;

    @Option(
            names = "--json",
            description = {"Print the account as one JSON object (to standard", "error with --to -)."})
    boolean json;

    @Option(
            names = "--demo",
            description = {"Crawl a local site with five hostile pages; needs", "no SOURCE and no --to."})
    boolean demo;

    /** Of a crawl; the options have been checked. */
    CrawlPlan plan(InputStream in) {
        SourceCheck.check(sources);
        String file = OptionCheck.destination(to);
        SourceCheck.refuseAsOutput(file, sources);
        return plan(in, sources, file, kind, new Defaults(DEADLINE, DEADLINE, HEAP));
    }

    /** Of the demo, which its hostile pages bring to an end soon. */
    CrawlPlan demoPlan(InputStream in, List<String> urls, String file) {
        return plan(in, urls, file, ParserKind.DEMO, Demo.DEFAULTS);
    }

    /** What holds where the user says nothing. */
    record Defaults(Duration parse, Duration fetch, Size heap) {}

    private CrawlPlan plan(InputStream in, List<String> from, String file, ParserKind parser, Defaults defaults) {
        var destination = Destination.of(file, overwrite);
        return new CrawlPlan(
                new Sources(from, new StandardInput(in), destination::isOwn),
                new FetchOptions(
                        limit,
                        perHost,
                        maxSize.bytes(),
                        Objects.requireNonNullElse(fetchDeadline, defaults.fetch),
                        retries),
                new ParseOptions(
                        parser,
                        Objects.requireNonNullElse(deadline, defaults.parse),
                        workers,
                        Objects.requireNonNullElse(heap, defaults.heap)),
                destination,
                quiet);
    }
}
