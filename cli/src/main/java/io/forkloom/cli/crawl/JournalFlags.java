package io.forkloom.cli.crawl;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.crawl.fetch.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to make of an earlier crawl, and how far to follow links, in the order of the help. */
final class JournalFlags {
    private static final List<String> OUTCOMES =
            List.of("Failed", "TimedOut", "OutOfMemory", "Crashed", "Cancelled", "NotStarted");
    private static final int DEEPEST = 1_000;

    @Option(
            names = "--follow",
            paramLabel = "DEPTH",
            description = {
                "Follow the links of pages, so many links away from",
                "what you named; default 0, not at all."
            })
    int follow;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = {
                "How far links lead from what you named: host,",
                "domain, or prefix (below its folder); default host."
            })
    String scope = "host";

    @Option(
            names = "--dedupe",
            negatable = true,
            description = {
                "Drop a page with the content of another; default",
                "with --follow. An address counts once anyway."
            })
    @Nullable
    Boolean dedupe;

    @Option(
            names = "--status",
            description = {"Say how the crawl to OUT stands, also while it goes", "on."})
    boolean status;

    @Option(
            names = "--retry",
            paramLabel = "OUTCOME",
            split = ",",
            description = {
                "Try again what ended so: Crashed,TimedOut,... or",
                "all. The crawl to OUT goes on with that."
            })
    List<String> retry = new ArrayList<>();

    @Option(
            names = "--from-failed",
            paramLabel = "OUT",
            description = {"The sources are what failed in the crawl to that", "OUT."})
    @Nullable
    String fromFailed;

    @Option(
            names = "--since",
            paramLabel = "OUT",
            description = {
                "Ask servers only for pages that have changed since",
                "the crawl to that OUT; the others are skipped."
            })
    @Nullable
    String since;

    int follow() {
        Range.check("--follow", follow, 0, DEEPEST);
        return follow;
    }

    Scope scope() {
        return Arrays.stream(Scope.values())
                .filter(each -> each.name().equals(scope.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InputException("--scope " + scope + ": choose host, domain or prefix"));
    }

    boolean dedupe() {
        return dedupe == null ? follow > 0 : dedupe;
    }

    /** The outcomes by their names. */
    Set<String> retry() {
        var found = new LinkedHashSet<String>();
        for (String word : retry) {
            if (word.strip().equalsIgnoreCase("all")) {
                return new LinkedHashSet<>(OUTCOMES);
            }
            found.add(OUTCOMES.stream()
                    .filter(name -> name.equalsIgnoreCase(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new InputException("--retry " + word + ": there is no such outcome; there are "
                            + String.join(", ", OUTCOMES) + ", and all")));
        }
        return found;
    }
}
