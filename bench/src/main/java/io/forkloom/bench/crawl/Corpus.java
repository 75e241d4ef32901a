package io.forkloom.bench.crawl;

import io.forkloom.bench.Scale;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pages in a folder, and {@link #LIST} of them, which the peers fetch.
 *
 * @param paths as in a URL, sorted
 * @param made whether it is ours to remove
 */
public record Corpus(Path folder, List<String> paths, boolean made) implements AutoCloseable {
    /** Where the pages are, or are to be brought. */
    public static final String FOLDER = "forkloom.bench.corpus";

    private static final String LIST = "forkloom-urls.txt";
    private static final String PACKAGE = "libstdc++-12-doc";
    private static final long MOST_SECONDS = 300;

    /** Debian's manual of its C++ library, which is fetched where that can be done; a few pages for a tiny one. */
    static Corpus open(Scale scale) throws IOException, InterruptedException {
        if (scale == Scale.TINY) {
            return tiny(12);
        }
        var folder = Path.of(System.getProperty(FOLDER, "/var/tmp/forkloom-corpus"));
        if (!Files.isDirectory(folder.resolve("usr"))) {
            fetch(folder);
        }
        return of(folder, false);
    }

    static Corpus tiny(int pages) throws IOException {
        var folder = Files.createTempDirectory("forkloom-corpus-");
        for (int i = 0; i < pages; i++) {
            Files.writeString(folder.resolve("page" + i + ".html"), page(i));
        }
        return of(folder, true);
    }

    private static String page(int number) {
        return """
            <!DOCTYPE html><html lang="en"><head><title>Page %1$d</title></head>
            <body><h1>Page %1$d</h1><p>A page of the <a href="/page%2$d.html">small</a> corpus.</p></body></html>
            """.formatted(number, number + 1);
    }

    private static void fetch(Path folder) throws IOException, InterruptedException {
        var script = Files.createTempFile("forkloom-corpus-", ".sh");
        try (var in = Corpus.class.getResourceAsStream("/io/forkloom/bench/peers/corpus.sh")) {
            Files.write(script, in == null ? new byte[0] : in.readAllBytes());
            var process = new ProcessBuilder("sh", script.toString(), folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0) {
                throw new IOException("the corpus is absent: unpack Debian 12's package " + PACKAGE + " to " + folder
                        + " (sh bench/peers/corpus.sh " + folder + "), or name its folder by --corpus");
            }
        } finally {
            Files.delete(script);
        }
    }

    private static Corpus of(Path folder, boolean made) throws IOException {
        var paths = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".html")
                            && Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> paths.add(quoted(folder.relativize(file))));
        }
        paths.sort(Comparator.naturalOrder());
        list(folder, paths);
        return new Corpus(folder, List.copyOf(paths), made);
    }

    /** Tells peers what the server of a folder has. */
    static void list(Path folder, List<String> paths) throws IOException {
        Files.write(folder.resolve(LIST), paths);
    }

    private static String quoted(Path relative) {
        try {
            // A plus stands for itself in a path, but some servers read a blank.
            return new URI(null, null, "/" + relative, null).toASCIIString().replace("+", "%2B");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** All pages so many times, each time by another address. */
    Stream<String> urls(int port, int times) {
        return IntStream.range(0, times)
                .boxed()
                .flatMap(i -> paths.stream().map(path -> "http://127.0.0.1:" + port + path + (i == 0 ? "" : "?" + i)));
    }

    @Override
    public void close() throws IOException {
        if (made) {
            remove(folder);
        }
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
