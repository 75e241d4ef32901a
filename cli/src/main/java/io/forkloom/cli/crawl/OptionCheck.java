package io.forkloom.cli.crawl;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import org.jspecify.annotations.Nullable;

/** What can be known of the options before work starts; {@link SourceCheck} looks at the sources. */
final class OptionCheck {
    private static final int MOST = 10_000;
    private static final Size LARGEST_PAGE = Size.of("1g");
    private static final Size SMALLEST_HEAP = Size.of("16m");
    /** The JVM does not count one of the survivor spaces as memory: -Xmx512m is told as 495m. */
    private static final long HEAP_SLACK = Runtime.getRuntime().maxMemory() / 10;

    private OptionCheck() {}

    static void check(CrawlOptions options) {
        range("--workers", options.workers, 1, 1024);
        range("--limit", options.limit, 1, MOST);
        range("--per-host", options.perHost, 1, MOST);
        range("--retries", options.retries, 0, 100);
        largest(options.maxSize);
        if (options.heap != null && options.heap.bytes() < SMALLEST_HEAP.bytes()) {
            throw new InputException(
                    "--heap " + options.heap + " is too little for a parser: at least " + SMALLEST_HEAP);
        }
        if (options.demo && !options.sources.isEmpty()) {
            throw new InputException("--demo brings its own sources: leave out " + options.sources.getFirst());
        }
    }

    static String destination(@Nullable String to) {
        if (to == null) {
            throw new InputException("--to is missing: name the file of results, or - for standard output");
        }
        return to;
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

    private static void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InputException(option + " " + value + " is out of range: between " + least + " and " + most);
        }
    }
}
