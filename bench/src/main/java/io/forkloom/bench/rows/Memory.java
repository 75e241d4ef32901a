package io.forkloom.bench.rows;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Of this process, in bytes: what is alive in its heap, and what it holds in all. */
record Memory(long heap, long resident) {
    /** Some objects take a second collection: what the first one has cleared. */
    private static final int COLLECTIONS = 3;

    /** After a collection. */
    static Memory settled() throws IOException {
        var heap = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            heap.gc();
        }
        return new Memory(heap.getHeapMemoryUsage().getUsed(), of("self", "Rss:"));
    }

    /** What has come for each of so many since then: resident, and heap. A few take less than what was given back. */
    double[] since(Memory before, int count) {
        return new double[] {
            (double) Math.max(0, resident - before.resident) / count, (double) Math.max(0, heap - before.heap) / count
        };
    }

    /** Of the lines {@code Pss:     12345 kB} in what the kernel tells of a process. Linux only. */
    static long of(String process, String kind) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", process, "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(kind))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    * 1024;
        }
    }
}
