package io.forkloom.cli.crawl;

import io.forkloom.ProcessPoolConfig;
import io.forkloom.WorkerOutput;
import java.time.Duration;

/**
 * @param kind which parser
 * @param deadline of one page
 * @param workers how many processes
 * @param heap of each, as {@code -Xmx} takes it
 */
record ParseOptions(ParserKind kind, Duration deadline, int workers, String heap) {
    /** What waits for a worker; pages that wait before that are held by {@link MemoryBudget}. */
    private static final long QUEUED_BYTES = 64L << 20;

    void configure(ProcessPoolConfig config, FetchOptions fetch) {
        config.name("crawl")
                .workers(workers)
                .heap(heap)
                // Room for the largest page at least, whose frame is a little larger than itself.
                .queue(256, Math.max(QUEUED_BYTES, fetch.maxSize() + (1 << 20)) + "")
                .output(WorkerOutput.DISCARD)
                .drain(Duration.ofSeconds(5))
                // Hostile pages may kill worker after worker before any of them has finished a page. A JVM that
                // cannot start at all dies so much faster that it is still noticed.
                .restarts(50 * workers, Duration.ofSeconds(10))
                // The demo's crash is a restricted call; else its worker would print a warning first.
                .jvmOptions("--enable-native-access=ALL-UNNAMED");
    }
}
