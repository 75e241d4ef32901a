package io.forkloom.cli.crawl;

import io.forkloom.ProcessPoolConfig;
import io.forkloom.WorkerOutput;
import io.forkloom.cli.Size;
import java.time.Duration;

/**
 * @param kind which parser
 * @param deadline of one page
 * @param workers how many processes
 * @param heap of each
 */
record ParseOptions(ParserKind kind, Duration deadline, int workers, Size heap) {
    /** What waits for a worker; pages that wait before that are held by {@link MemoryBudget}. */
    private static final long QUEUED_BYTES = 64L << 20;

    void configure(ProcessPoolConfig config, FetchOptions fetch) {
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
}
