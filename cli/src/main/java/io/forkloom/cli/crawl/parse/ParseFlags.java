package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to parse, in the order of the help. */
public final class ParseFlags {
    private static final Size SMALLEST_HEAP = Size.of("16m");

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

    /** The options; refuses what makes no sense. */
    public ParseOptions options(Duration deadlineElse, Size heapElse) {
        Range.check("--workers", workers, 1, 1024);
        if (heap != null && heap.bytes() < SMALLEST_HEAP.bytes()) {
            throw new InputException("--heap " + heap + " is too little for a parser: at least " + SMALLEST_HEAP);
        }
        return new ParseOptions(
                kind,
                Objects.requireNonNullElse(deadline, deadlineElse),
                workers,
                Objects.requireNonNullElse(heap, heapElse));
    }
}
