package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A file that one cannot take in is two files. */
class FileLengthTest {
    private static final int MOST_LINES = 400;

    /** Longer ones, each with its reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of();

    @Test
    void no_source_file_is_longer_than_it_should_be() throws IOException {
        var sources = sources();
        assertThat(sources).as("the test must see the sources of all modules").hasSizeGreaterThan(60);
        assertThat(sources.stream().filter(FileLengthTest::isTooLong)).isEmpty();
    }

    @Test
    void a_long_file_is_noticed() throws IOException {
        var long_ = Files.createTempFile("forkloom-canary", ".java");
        try {
            Files.writeString(long_, "\n".repeat(MOST_LINES + 1));
            assertThat(isTooLong(long_)).isTrue();
        } finally {
            Files.delete(long_);
        }
    }

    private static List<Path> sources() throws IOException {
        var root = Path.of("").toAbsolutePath().getParent();
        try (var files = Files.walk(root, 20)) {
            return files.filter(file ->
                            file.toString().endsWith(".java") && file.toString().contains("/src/"))
                    .toList();
        }
    }

    private static boolean isTooLong(Path file) {
        if (EXCEPTIONS.containsKey(file.getFileName().toString())) {
            return false;
        }
        try (var lines = Files.lines(file)) {
            return lines.count() > MOST_LINES;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
