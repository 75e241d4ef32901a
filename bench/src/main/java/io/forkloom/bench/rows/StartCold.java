package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * From {@code open} to the first result, in a program that has just begun: its own classes are loaded in that time too. And
 * once more in the same program, which is what the worker takes. Without a cache of compiled classes (AOT).
 */
final class StartCold implements Measurement {
    private static final long MOST_SECONDS = 60;

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("start.cold.noaot", Unit.MILLISECONDS), new Figure("start.again.noaot", Unit.MILLISECONDS));
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
        startProgram(); // the files of the JDK are in the system's cache from then on, as they are for the peers
        return StartCold::startProgram;
    }

    private static double[] startProgram() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
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
        private Program() {}

        @SuppressWarnings("SystemOut") // that is how it tells
        public static void main(String[] args) throws InterruptedException {
            long first = openAndCall();
            System.out.println(first + " " + openAndCall());
        }

        private static long openAndCall() throws InterruptedException {
            long start = System.nanoTime();
            try (var pool = ProcessPool.open(c -> c.workers(2))) {
                Caller.noop(pool);
                return System.nanoTime() - start;
            }
        }
    }
}
