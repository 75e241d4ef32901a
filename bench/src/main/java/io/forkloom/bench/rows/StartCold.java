package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From {@code open} to the first result, in a program that has just begun: its own classes are loaded in that time too. And
 * once more in the same program, which is what the workers take. With an AOT cache for the workers, and without; the
 * program's own JVM has none.
 */
final class StartCold implements Measurement {
    private static final long MOST_SECONDS = 60;

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("start.cold.noaot", Unit.MILLISECONDS),
                new Figure("start.again.noaot", Unit.MILLISECONDS),
                new Figure("start.cold", Unit.MILLISECONDS),
                new Figure("start.again", Unit.MILLISECONDS));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(11, 1);
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("ppe", "mp", "loky"), "start").inFreshProcesses());
    }

    @Override
    public Session open(Scale scale) throws Exception {
        var caches = Files.createTempDirectory("forkloom-bench-");
        try {
            // The files of the JDK are in the system's cache from then on, as they are for the peers.
            startProgram(List.of("make", caches.toString()));
        } catch (Exception e) {
            remove(caches);
            throw e;
        }
        return new Session() {
            @Override
            public double[] measure() throws Exception {
                var without = startProgram(List.of());
                var with = startProgram(List.of("use", caches.toString()));
                return new double[] {without[0], without[1], with[0], with[1]};
            }

            @Override
            public void close() {
                remove(caches);
            }
        };
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] startProgram(List<String> words) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(words);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a program that opens a pool has not ended in " + MOST_SECONDS + " s");
            }
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.of(line.split(" ", -1))
                    .mapToDouble(nanos -> Long.parseLong(nanos) / 1e6)
                    .toArray();
        } finally {
            process.destroyForcibly(); // its workers end with it
        }
    }

    /** What is measured: in a JVM of its own. */
    static final class Program {
        private static final long LOOK_MILLIS = 50;
        private static final int MOST_LOOKS = 400; // 20 s

        private Program() {}

        @SuppressWarnings("SystemOut") // that is how it tells
        public static void main(String[] args) throws Exception {
            if (args.length == 2 && args[0].equals("make")) {
                make(Path.of(args[1]));
            }
            var caches = args.length == 2 ? Optional.of(Path.of(args[1])) : Optional.<Path>empty();
            long first = openAndCall(caches);
            System.out.println(first + " " + openAndCall(caches));
        }

        /** From folders of classes no cache can be had: then the pool is measured without one. */
        private static void make(Path caches) throws Exception {
            try (var _ = ProcessPool.open(c -> c.workers(2).aotCache(caches))) {
                for (int looks = 0; looks < MOST_LOOKS && onlyJars() && isMissing(caches); looks++) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
        }

        private static boolean onlyJars() {
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .noneMatch(part -> Files.isDirectory(Path.of(part)));
        }

        private static boolean isMissing(Path caches) throws IOException {
            try (var found = Files.newDirectoryStream(caches, "*.aot")) {
                return !found.iterator().hasNext();
            }
        }

        private static long openAndCall(Optional<Path> caches) throws InterruptedException {
            long start = System.nanoTime();
            try (var pool = ProcessPool.open(c -> caches.ifPresent(c.workers(2)::aotCache))) {
                Caller.noop(pool);
                return System.nanoTime() - start;
            }
        }
    }
}
