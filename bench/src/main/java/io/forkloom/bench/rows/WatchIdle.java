package io.forkloom.bench.rows;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.watch.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a watch takes of a processor while virtual threads have nothing to do: its own thread, and the carriers. */
final class WatchIdle implements Measurement {
    /** The kernel keeps 15 characters of a name. */
    private static final List<String> THREADS = List.of("forkloom-watch", "ForkJoinPool-1-");

    @Override
    public List<Figure> figures() {
        return List.of(new Figure("watch.idle", Unit.PERCENT_OF_A_CORE));
    }

    @Override
    public int rounds(Scale scale) {
        return 1;
    }

    @Override
    public Session open(Scale scale) {
        int millis = scale.of(30_000, 500);
        return () -> {
            try (var _ = Watch.open()) {
                Thread.ofVirtual().start(() -> {}).join();
                Thread.sleep(scale.of(2_000, 100));
                long start = System.nanoTime();
                var before = cpuNanos();
                Thread.sleep(millis);
                return new double[] {100.0 * since(before) / (System.nanoTime() - start)};
            }
        };
    }

    /** Carriers come, and go after a while without work. */
    private static long since(Map<Path, Long> before) throws IOException {
        return cpuNanos().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private static Map<Path, Long> cpuNanos() throws IOException {
        var nanos = new HashMap<Path, Long>();
        try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (var thread : threads) {
                var name = Files.readString(thread.resolve("comm")).strip();
                if (THREADS.stream().anyMatch(name::startsWith)) {
                    nanos.put(
                            thread,
                            Long.parseLong(Files.readString(thread.resolve("schedstat"))
                                    .split(" ", -1)[0]));
                }
            }
        }
        return nanos;
    }
}
