package io.forkloom.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every example as its user does, in a JVM of its own, and compares all that it prints with {@code <name>.txt} beside
 * this class; save lines that begin with {@code time:}, and the order of neighbouring lines that begin with {@code *}.
 */
@Timeout(180)
class ExamplesIT {
    private static final int LONGEST_RUN = 120; // seconds; most take one

    @TempDir
    private Path folder;

    static List<Example> all() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void prints_what_is_expected_and_nothing_on_standard_error(Example example) throws Exception {
        var printed = folder.resolve("stdout");
        var errors = folder.resolve("stderr");
        var process = start(example, printed, errors);
        try {
            assertThat(process.waitFor(LONGEST_RUN, SECONDS)).as("has ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(errors).content(UTF_8).isEmpty();
        assertThat(comparable(Files.readAllLines(printed))).isEqualTo(comparable(expected(example)));
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void every_program_of_this_package_is_registered_once_and_every_registered_one_exists() throws Exception {
        assertThat(all().stream().map(Example::mainClass))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(programs());
        assertThat(all().stream().map(Example::id)).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-F]\\d+"));
        assertThat(all().stream().map(Example::name)).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+"));
        assertThat(all()).hasSizeGreaterThanOrEqualTo(25);
    }

    private static Process start(Example example, Path printed, Path errors) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(example.jvmOptions());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), example.mainClass()));
        var builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM tells on standard error that it uses it
        return builder.redirectOutput(printed.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    private static List<String> expected(Example example) throws IOException {
        try (var text = ExamplesIT.class.getResourceAsStream(example.name() + ".txt")) {
            return new String(
                            Objects.requireNonNull(text, example.name() + ".txt")
                                    .readAllBytes(),
                            UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> comparable(List<String> lines) {
        var result = new ArrayList<String>();
        int firstOfRun = 0; // where the last row of lines that begin with * begins
        for (String line : lines) {
            if (line.startsWith("time:")) {
                continue;
            }
            result.add(line);
            if (line.startsWith("*")) {
                result.subList(firstOfRun, result.size()).sort(null);
            } else {
                firstOfRun = result.size();
            }
        }
        return result;
    }

    /** The names of the classes here that have a main method. */
    private static List<String> programs() throws Exception {
        var classes = Path.of(Examples.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(Examples.class.getPackageName().replace('.', '/'));
        var programs = new ArrayList<String>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                var name = Examples.class.getPackageName() + "."
                        + file.getFileName().toString().replace(".class", "");
                if (!name.endsWith("package-info") && hasMain(Class.forName(name))) {
                    programs.add(name);
                }
            }
        }
        return programs;
    }

    private static boolean hasMain(Class<?> type) {
        return Stream.of(type.getMethods()).anyMatch(method -> method.getName().equals("main"));
    }
}
