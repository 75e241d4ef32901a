package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import io.forkloom.cli.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forkloom crawl}: its options, and the checks that can be made before work starts. */
@Command(
        name = "crawl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Fetches pages and files, parses them in worker processes, writes one JSON object a line.",
            "",
            "A page that crashes its parser, loops or fills the memory costs that page and nothing else:",
            "it stands in OUT.failed.jsonl with what became of it. OUT appears when it is complete;",
            "an interrupted crawl leaves no file.",
            ""
        },
        footer = {
            "",
            "Fields of a result: source, status, type, bytes, sha512 (of the content as received), title, text,",
            "links, language, words, worker, ms. What does not apply is left out.",
            "",
            "Exit codes: 0 all done, 1 some inputs failed, 2 wrong usage or input, 3 all failed, 130 interrupted.",
            "",
            "Try it:  forkloom crawl --demo"
        })
public final class CrawlCommand implements Callable<Integer> {
    private static final int MOST = 10_000;
    private static final Size LARGEST_PAGE = Size.of("1g");
    private static final Size SMALLEST_HEAP = Size.of("16m");

    private final Console console;

    @Parameters(
            paramLabel = "SOURCE",
            description = {
                "A URL (http, https), a file, a folder (with all regular files below it, links not followed),",
                "@FILE or - for a list with one of these a line; blank lines and # comments are passed over."
            })
    private List<String> sources = new ArrayList<>();

    @Option(names = "--to", paramLabel = "OUT", description = "The file of results; - for standard output.")
    private @Nullable String to;

    @Option(names = "--overwrite", description = "Replace OUT and OUT.failed.jsonl where they exist.")
    private boolean overwrite;

    @Option(
            names = "--parse",
            paramLabel = "KIND",
            defaultValue = "auto",
            converter = ParserKind.Converter.class,
            description = "auto (by content type), html, text or sha512; default ${DEFAULT-VALUE}.")
    private ParserKind kind = ParserKind.AUTO;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Worker processes that parse; default: one a processor.")
    private int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = Size.Converter.class,
            description = "Heap of each worker; default 512m.")
    private @Nullable Size heap;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = "Time that the parse of one page may take; default 30s.")
    private @Nullable Duration deadline;

    @Option(names = "--limit", paramLabel = "N", description = "Fetches at a time; default ${DEFAULT-VALUE}.")
    private int limit = 64;

    @Option(names = "--per-host", paramLabel = "N", description = "Of these to one host; default ${DEFAULT-VALUE}.")
    private int perHost = 4;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            defaultValue = "32m",
            converter = Size.Converter.class,
            description = "Largest page or file; default ${DEFAULT-VALUE}.")
    private Size maxSize = Size.of("32m");

    @Option(
            names = "--fetch-deadline",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = "Time from a request to the last byte of its answer, redirects included; default 30s.")
    private @Nullable Duration fetchDeadline;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description =
                    "Further attempts after refused or broken connections, 5xx and 429; default ${DEFAULT-VALUE}.")
    private int retries = 2;

    @Option(names = "--quiet", description = "No progress and no summary.")
    private boolean quiet;

    @Option(names = "--json", description = "Print the account as one JSON object (on standard error with --to -).")
    private boolean json;

    @Option(names = "--demo", description = "Crawl a local site with five hostile pages; needs no SOURCE and no --to.")
    private boolean demo;

    public CrawlCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkNumbers();
        return demo ? demo() : crawl();
    }

    private int crawl() {
        SourceCheck.check(sources);
        if (to == null) {
            throw new InputException("--to is missing: name the file of results, or - for standard output");
        }
        var plan = plan(sources, Destination.of(to, overwrite));
        try (var stop = new StopButton()) {
            Summary summary = Crawl.run(plan, console, _ -> {}, stop);
            print(summary, to);
            return summary.exitCode();
        }
    }

    private int demo() {
        if (!sources.isEmpty()) {
            throw new InputException("--demo brings its own sources: leave out " + sources.getFirst());
        }
        kind = ParserKind.DEMO;
        deadline = deadline == null ? Demo.PARSE_DEADLINE : deadline;
        fetchDeadline = fetchDeadline == null ? Demo.FETCH_DEADLINE : fetchDeadline;
        heap = heap == null ? Size.of(Demo.HEAP) : heap;
        String target = to == null ? Demo.temporaryOutput() : to;
        var demo = new Demo();
        try (var stop = new StopButton();
                var site = new DemoSite()) {
            var plan = plan(site.urls(), Destination.of(target, overwrite));
            Summary summary = Crawl.run(plan, console, demo, stop);
            print(summary, target);
            if (!quiet) {
                demo.print(console, summary);
            }
            return demo.exitCode(summary);
        }
    }

    private CrawlPlan plan(List<String> from, Destination destination) {
        var fetch = new FetchOptions(
                limit,
                perHost,
                maxSize.bytes(),
                fetchDeadline == null ? Duration.ofSeconds(30) : fetchDeadline,
                retries);
        var parse = new ParseOptions(
                kind,
                deadline == null ? Duration.ofSeconds(30) : deadline,
                workers,
                heap == null ? "512m" : (heap.bytes() >> 10) + "k");
        var input = new Sources(from, new StandardInput(console.in()), destination::isOwn);
        return new CrawlPlan(input, fetch, parse, destination, quiet);
    }

    private void print(Summary summary, String target) {
        if (!quiet) {
            console.err().println("forkloom: " + (summary.interrupted() ? "interrupted: " : "") + summary.words());
            if (!summary.interrupted() && !target.equals("-")) {
                console.err().println("forkloom: results in " + target);
            }
        }
        if (json) {
            var stream = target.equals("-") ? console.err() : console.out();
            stream.println(summary.json());
            stream.flush();
        }
    }

    private void checkNumbers() {
        range("--workers", workers, 1, 1024);
        range("--limit", limit, 1, MOST);
        range("--per-host", perHost, 1, MOST);
        range("--retries", retries, 0, 100);
        if (maxSize.bytes() > LARGEST_PAGE.bytes()) {
            throw new InputException("--max-size " + maxSize + " is too much: at most " + LARGEST_PAGE);
        }
        if (heap != null && heap.bytes() < SMALLEST_HEAP.bytes()) {
            throw new InputException("--heap " + heap + " is too little for a parser: at least " + SMALLEST_HEAP);
        }
    }

    private static void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InputException(option + " " + value + " is out of range: between " + least + " and " + most);
        }
    }
}
