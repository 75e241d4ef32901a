package io.forkloom.cli.crawl;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import io.forkloom.cli.crawl.deliver.DeliverFlags;
import io.forkloom.cli.crawl.deliver.Destination;
import io.forkloom.cli.crawl.fetch.FetchFlags;
import io.forkloom.cli.crawl.parse.ParseFlags;
import io.forkloom.cli.crawl.parse.ParserKind;
import io.forkloom.cli.crawl.source.SourceCheck;
import io.forkloom.cli.crawl.source.SourceFlags;
import io.forkloom.cli.crawl.source.Sources;
import io.forkloom.cli.crawl.source.StandardInput;
import io.forkloom.cli.crawl.view.ViewFlags;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a user can say to {@code forkloom crawl}, in the order of its help, and the plan that comes of it. */
final class CrawlOptions {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Defaults DEFAULTS = new Defaults(DEADLINE, DEADLINE, Size.of("512m"), Optional.empty());

    @Mixin
    final SourceFlags source = new SourceFlags();

    @ArgGroup(validate = false, order = 1, heading = "%nWhere results go%n")
    final DeliverFlags deliver = new DeliverFlags();

    @ArgGroup(validate = false, order = 2, heading = "%nFetching%n")
    final FetchFlags fetch = new FetchFlags();

    @ArgGroup(validate = false, order = 3, heading = "%nParsing%n")
    final ParseFlags parse = new ParseFlags();

    @ArgGroup(validate = false, order = 4, heading = "%nSeeing it%n")
    final ViewFlags view = new ViewFlags();

    @Option(
            names = "--demo",
            description = {"Crawl a local site with five hostile pages; needs", "no SOURCE and no --to."})
    boolean demo;

    /** What holds where the user says nothing; and the parser that holds whatever the user says. */
    record Defaults(Duration parse, Duration fetch, Size heap, Optional<ParserKind> parser) {}

    /** @throws InputException if something of it makes no sense */
    CrawlPlan plan(InputStream in) {
        SourceCheck.check(source.sources());
        String file = deliver.required();
        SourceCheck.refuseAsOutput(file, source.sources());
        return plan(in, source.sources(), file, DEFAULTS);
    }

    /** Of the demo, which its hostile pages bring to an end soon. */
    CrawlPlan demoPlan(InputStream in, List<String> urls, String file) {
        return plan(in, urls, file, Demo.DEFAULTS);
    }

    void refuseSourcesOfDemo() {
        if (demo && !source.sources().isEmpty()) {
            throw new InputException("--demo brings its own sources: leave out "
                    + source.sources().getFirst());
        }
    }

    private CrawlPlan plan(InputStream in, List<String> from, String file, Defaults defaults) {
        var fetching = fetch.options(defaults.fetch);
        var parsing = parse.options(defaults.parse, defaults.heap);
        var destination = Destination.of(file, deliver.overwrite());
        return new CrawlPlan(
                new Sources(from, new StandardInput(in), destination::isOwn),
                fetching,
                defaults.parser.map(parsing::withKind).orElse(parsing),
                destination,
                view.quiet());
    }
}
