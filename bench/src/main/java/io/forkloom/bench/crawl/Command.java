package io.forkloom.bench.crawl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of {@code forkloom crawl}, as a user gives it.
 *
 * @param seconds from start to exit
 * @param pages how many results there are
 * @param summary what it said at its end, as JSON
 * @param peakKiB the most that its own JVM had resident; 0 where nothing tells
 */
record Command(double seconds, long pages, String summary, long peakKiB) {
    /** What the launch script calls itself; where it is not told, the command is started as the script does. */
    private static final Optional<String> SCRIPT = Optional.ofNullable(System.getenv("FORKLOOM_COMMAND"));

    private static final String MAIN = "io.forkloom.cli.Main";
    private static final long LOOK_MILLIS = 20;
    private static final Pattern JOURNAL = Pattern.compile("\"journal\":([0-9.]+)");

    /** Crawls these, however many, and throws where not each gives a result. */
    static Command crawl(Stream<String> inputs, String... options) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("forkloom-crawl-");
        try {
            var list = folder.resolve("inputs.txt");
            long count = write(list, inputs);
            return crawl("@" + list, count, folder, List.of(options));
        } finally {
            Corpus.remove(folder);
        }
    }

    /** One by one: a million need not be in memory. */
    static long write(Path list, Stream<String> inputs) throws IOException {
        long count = 0;
        try (inputs;
                var out = Files.newBufferedWriter(list)) {
            for (var each = inputs.iterator(); each.hasNext(); count++) {
                out.write(each.next());
                out.write('\n');
            }
        }
        return count;
    }

    /** Crawls a folder of so many files, and throws where not each gives a result. */
    static Command crawl(Path files, long count, String... options) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("forkloom-crawl-");
        try {
            return crawl(files.toString(), count, folder, List.of(options));
        } finally {
            Corpus.remove(folder);
        }
    }

    private static Command crawl(String source, long inputs, Path folder, List<String> options)
            throws IOException, InterruptedException {
        var out = folder.resolve("out.jsonl");
        var said = folder.resolve("said.txt");
        var command = new ArrayList<>(launcher());
        command.addAll(List.of("crawl", source, "--to", out.toString(), "--quiet", "--json"));
        command.addAll(List.of("--limit", "64", "--per-host", "64"));
        command.addAll(options);
        long start = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        long peak = 0;
        try {
            while (!process.waitFor(java.time.Duration.ofMillis(LOOK_MILLIS))) {
                peak = Math.max(peak, resident(process.pid()));
            }
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String words = Files.readString(said).strip();
        if (process.exitValue() != 0) {
            throw new IOException("forkloom crawl ended with " + process.exitValue() + ": " + words);
        }
        long pages;
        try (var lines = Files.lines(out, StandardCharsets.UTF_8)) {
            pages = lines.count();
        }
        if (pages != inputs) {
            throw new IOException(pages + " results of " + inputs + " inputs: " + words);
        }
        return new Command(seconds, pages, words, peak);
    }

    private static List<String> launcher() throws IOException {
        if (SCRIPT.isPresent()) {
            return List.of(SCRIPT.get());
        }
        if (Command.class.getClassLoader().getResource(MAIN.replace('.', '/') + ".class") == null) {
            throw new IOException("the command is not on this class path: run ./forkloom bench crawl");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Xms64m",
                "-Xmn48m",
                "-XX:SurvivorRatio=3",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN);
    }

    /** The highest that it ever had, of a process that lives; the script becomes the JVM. */
    private static long resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }

    double pagesPerSecond() {
        return pages / seconds;
    }

    /** The share of its time that it was in its journal, which it tells itself. */
    double journal() throws IOException {
        var share = JOURNAL.matcher(summary);
        if (!share.find()) {
            throw new IOException("forkloom crawl does not tell what its journal takes: " + summary);
        }
        return Double.parseDouble(share.group(1));
    }
}
