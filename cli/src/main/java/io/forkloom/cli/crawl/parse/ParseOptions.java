package io.forkloom.cli.crawl.parse;

import io.forkloom.ProcessPoolConfig;
import io.forkloom.WorkerOutput;
import io.forkloom.cli.Size;
import io.forkloom.cli.crawl.fetch.FetchOptions;
import io.forkloom.cli.crawl.fetch.MemoryBudget;
import java.time.Duration;

/**
 * How to parse.
 *
 * @param kind which parser
 * @param deadline of one page
 * @param workers how many processes
 * @param heap of each
 */
public record ParseOptions(ParserKind kind, Duration deadline, int workers, Size heap) {
    /** What waits for a worker; pages that wait before that are held by {@link MemoryBudget}. */
    private static final long QUEUED_BYTES = 64L << 20;

    public void configure(ProcessPoolConfig config, FetchOptions fetch) {
        config.name("crawl")
                .workers(workers)
                .heap((heap.bytes() >> 10) + "k")
                // Room for the largest page at least, whose frame is a little larger than itself.
                .queue(256, Math.max(QUEUED_BYTES, fetch.maxSize() + (1 << 20)) + "")
                .output(WorkerOutput.DISCARD)
                .drain(Duration.ofSeconds(5))
                // The demo's crash is a restricted call; else its worker would print a warning first.
                .jvmOptions("--enable-native-access=ALL-UNNAMED");
    }

    public ParseOptions withKind(ParserKind other) {
        return new ParseOptions(other, deadline, workers, heap);
    }
}
