package io.forkloom.cli.crawl;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import io.forkloom.cli.crawl.deliver.DeliverFlags;
import io.forkloom.cli.crawl.deliver.Targets;
import io.forkloom.cli.crawl.fetch.FetchFlags;
import io.forkloom.cli.crawl.parse.ParseFlags;
import io.forkloom.cli.crawl.parse.ParseOptions;
import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.SourceCheck;
import io.forkloom.cli.crawl.source.SourceFlags;
import io.forkloom.cli.crawl.source.Sources;
import io.forkloom.cli.crawl.source.StandardInput;
import io.forkloom.cli.crawl.view.ViewFlags;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a user can say to {@code forkloom crawl}, in the order of its help, and the plan that comes of it. */
final class CrawlOptions {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Defaults DEFAULTS = new Defaults(DEADLINE, DEADLINE, Size.of("512m"));

    @Mixin
    final SourceFlags source = new SourceFlags();

    @ArgGroup(validate = false, order = 1, heading = "%nWhere results go%n")
    final DeliverFlags deliver = new DeliverFlags();

    @ArgGroup(validate = false, order = 2, heading = "%nFetching%n")
    final FetchFlags fetch = new FetchFlags();

    @ArgGroup(validate = false, order = 3, heading = "%nLinks, and earlier crawls%n")
    final JournalFlags journal = new JournalFlags();

    @ArgGroup(validate = false, order = 4, heading = "%nParsing%n")
    final ParseFlags parse = new ParseFlags();

    @ArgGroup(validate = false, order = 5, heading = "%nSeeing it%n")
    final ViewFlags view = new ViewFlags();

    @Option(
            names = "--demo",
            description = {"Crawl a local site with five hostile pages; needs", "no SOURCE and no --to."})
    boolean demo;

    /** What holds where the user says nothing. */
    record Defaults(Duration parse, Duration fetch, Size heap) {}

    /** Of a crawl; refuses what makes no sense. */
    CrawlPlan plan(InputStream in) {
        checkSources();
        var parsing = parse.options(DEFAULTS.parse, DEFAULTS.heap);
        var targets = deliver.targets(fields(parsing));
        targets.refuseSources(source.sources());
        var sources = new Sources(source.sources(), new StandardInput(in), targets::isOwn);
        return plan(sources, targets, parsing, DEFAULTS);
    }

    /** Of the demo, which its hostile pages bring to an end soon. */
    CrawlPlan demoPlan(List<String> urls, String place) {
        var parsing = parse.options(Demo.DEFAULTS.parse, Demo.DEFAULTS.heap).withRecipe(Recipe.DEMO);
        var targets = deliver.targets(List.of(place), fields(parsing));
        var sources = new Sources(urls, new StandardInput(InputStream.nullInputStream()), targets::isOwn);
        return plan(sources, targets, parsing, Demo.DEFAULTS);
    }

    private static List<String> fields(ParseOptions parsing) {
        String names = parsing.recipe().fields();
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    void refuseSourcesOfDemo() {
        if (demo && view.dryRun()) {
            throw new InputException("--demo shows what happens, and --dry-run lets nothing happen: leave out one");
        }
        if (demo && !source.sources().isEmpty()) {
            throw new InputException("--demo brings its own sources: leave out "
                    + source.sources().getFirst());
        }
    }

    private void checkSources() {
        boolean goesOn = !journal.retry().isEmpty() || journal.fromFailed != null;
        if (!goesOn || !source.sources().isEmpty()) {
            SourceCheck.check(source.sources(), fetch.proxies());
        }
    }

    private CrawlPlan plan(Sources sources, Targets targets, ParseOptions parsing, Defaults defaults) {
        int depth = journal.follow();
        var recipe = parsing.recipe().withLinks(depth > 0);
        return new CrawlPlan(
                sources,
                fetch.options(defaults.fetch),
                parsing.withRecipe(recipe),
                new CrawlPlan.Following(depth, journal.scope(), journal.dedupe(), fetch.sitemaps()),
                new CrawlPlan.Output(
                        targets,
                        terms(parsing.recipe(), depth),
                        deliver.overwrite(),
                        journal.retry(),
                        earlier(journal.since)),
                earlier(journal.fromFailed),
                view.quiet());
    }

    private Terms terms(Recipe recipe, int depth) {
        var values = new LinkedHashMap<String, String>();
        if (!source.sources().isEmpty()) {
            values.put("SOURCE", String.join(" ", source.sources()));
        }
        values.put("--parse", recipe.parser());
        values.put("-O", recipe.options().replace("\n", " "));
        values.put("--fields", recipe.fields());
        values.put(
                "--follow",
                depth == 0 ? "" : depth + " --scope " + journal.scope().name().toLowerCase(Locale.ROOT));
        values.put("--dedupe", journal.dedupe() ? "yes" : "no");
        return new Terms(values);
    }

    /** The journal of a crawl to this place. */
    private static Optional<Path> earlier(@Nullable String place) {
        return Optional.ofNullable(place).map(Targets::journalOf);
    }
}
