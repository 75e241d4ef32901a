package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.ExitCode;
import io.forkloom.cli.Size;
import io.forkloom.cli.crawl.deliver.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@code --demo} promises, and whether it came true. */
final class Demo implements Consumer<Failure> {
    // Short, so that the demo is; long enough for a machine that is busy with other things.
    static final CrawlOptions.Defaults DEFAULTS =
            new CrawlOptions.Defaults(Duration.ofSeconds(5), Duration.ofSeconds(3), Size.of("128m"));

    /** Path of the hostile page, and how it must end. */
    private record Promise(String path, String stage, String outcome) {}

    private static final List<Promise> PROMISES = List.of(
            new Promise("/crash", "parse", "Crashed"),
            new Promise("/loop", "parse", "TimedOut"),
            new Promise("/memory", "parse", "OutOfMemory"),
            new Promise("/late", "fetch", "Failed"),
            new Promise("/gone", "fetch", "Failed"));

    private final Map<String, Failure> ended = new ConcurrentHashMap<>();

    /** Told of every failure while the crawl runs. */
    @Override
    public void accept(Failure failure) {
        ended.put(URI.create(failure.source()).getPath(), failure);
    }

    boolean holds(Summary summary) {
        return summary.done() == DemoSite.GOOD
                && summary.failed() == PROMISES.size()
                && PROMISES.stream().allMatch(promise -> promise.equals(of(promise.path())));
    }

    private @Nullable Promise of(String path) {
        Failure failure = ended.get(path);
        return failure == null ? null : new Promise(path, failure.stage(), failure.outcome());
    }

    int exitCode(Summary summary) {
        if (summary.interrupted()) {
            return ExitCode.INTERRUPTED;
        }
        return holds(summary) ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    void print(Console console, Summary summary) {
        var err = console.err();
        err.println("The five hostile pages, and what each of them cost:");
        for (Promise promise : PROMISES) {
            Failure failure = ended.get(promise.path());
            String end = failure == null ? "did not end as it should" : failure.outcome();
            err.printf(
                    Locale.ROOT,
                    "  %-8s %-36s %-12s %s%n",
                    promise.path(),
                    DemoSite.HOSTILE.get(promise.path()),
                    end,
                    failure == null ? "" : firstLine(failure));
        }
        err.println(
                holds(summary)
                        ? "Nothing else was lost: all " + DemoSite.GOOD + " other pages are done."
                        : "This is not the account that the demo promises.");
    }

    private static String firstLine(Failure failure) {
        String line = failure.error().lines().findFirst().orElse("");
        return "(" + failure.stage() + ") " + (line.length() > 100 ? line.substring(0, 97) + "..." : line);
    }
}
