package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/conformance.md names tests: a test that was renamed must not leave its old name there. */
class ConformanceTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");

    private static Map<String, String> testSources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*/src/.*(IT|Test|Stress|Contract)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), ConformanceTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void every_test_that_the_document_names_exists() throws IOException {
        var sources = testSources();
        var names = NAME.matcher(Files.readString(ROOT.resolve("docs/conformance.md")))
                .results()
                .toList();
        assertThat(names).as("the document must be seen").hasSizeGreaterThan(100);
        assertThat(names.stream()
                        .filter(name ->
                                !sources.getOrDefault(name.group(1), "").contains("void " + name.group(2) + "("))
                        .map(MatchResult::group)
                        .distinct())
                .isEmpty();
    }
}
