package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to fetch, in the order of the help. */
public final class FetchFlags {
    private static final Size LARGEST_PAGE = Size.of("1g");
    /** The JVM does not count one of the survivor spaces as memory: -Xmx512m is told as 495m. */
    private static final long HEAP_SLACK = Runtime.getRuntime().maxMemory() / 10;

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

    /** The options; refuses what makes no sense. */
    public FetchOptions options(Duration deadline) {
        Range.check("--limit", limit, 1, 10_000);
        Range.check("--per-host", perHost, 1, 10_000);
        Range.check("--retries", retries, 0, 100);
        largest(maxSize);
        return new FetchOptions(
                limit, perHost, maxSize.bytes(), Objects.requireNonNullElse(fetchDeadline, deadline), retries);
    }

    private static void largest(Size size) {
        if (size.bytes() > LARGEST_PAGE.bytes()) {
            throw new InputException("--max-size " + size + " is too much: at most " + LARGEST_PAGE);
        }
        var needed = new Size(MemoryBudget.heapFor(size.bytes()));
        if (needed.bytes() > Runtime.getRuntime().maxMemory() + HEAP_SLACK) {
            throw new InputException("--max-size " + size + " needs a heap of " + needed
                    + ": set FORKLOOM_JAVA_OPTS=-Xmx" + (needed.bytes() >> 20) + "m, or give a smaller size");
        }
    }
}
