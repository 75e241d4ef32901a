package io.forkloom.cli.crawl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user's own class, compiled and called in workers. */
@Timeout(120)
class OwnParserIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "own-parser", "com", "acme", "Pages.java");

    private static final String SOURCE = """
            package com.acme;

            import java.util.*;

            public class Work {
                public record Found(String word, List<Integer> places, Inner inner) {}
                public record Inner(double value) {}
                public static Found found(byte[] page) { return new Found("w" + page.length, List.of(1, 2), new Inner(0.5)); }
                public static String first(String page) { return page.isEmpty() ? null : page.substring(0, 1); }
                public static long count(byte[] page) { return page.length; }
                public static List<String> list(String page) { return List.of(page.strip(), "\\ud83e\\uddf5"); }
                public static Map<String, Object> about(byte[] page, Map<String, String> about) { return Map.of("seen", new TreeMap<>(about)); }
                public static Object thief(byte[] page) { return Map.of("sha512", "mine"); }
                public static int picky(String page) {
                    if (page.startsWith("b")) throw new IllegalStateException("no b, please");
                    if (page.startsWith("c")) System.exit(3);
                    return 7;
                }
                public static String loader(byte[] page) throws Exception {
                    try {
                        Class.forName("org.jsoup.Jsoup");
                        return "sees ours";
                    } catch (ClassNotFoundException e) {
                        return Thread.currentThread().getContextClassLoader() == Work.class.getClassLoader() ? "own" : "other";
                    }
                }
                public static class Bad { public int getX() { throw new IllegalStateException("x"); } }
                public static Object bad(byte[] page) { return new Bad(); }
                public static void silent(byte[] page) {}
                public long notStatic(byte[] page) { return 1; }
                static long hidden(byte[] page) { return 1; }
                public static long wrong(int number) { return 1; }
                public static long twice(byte[] page) { return 1; }
                public static long twice(String page) { return 2; }
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void compile() throws IOException {
        Path source = folder.resolve("Work.java");
        Files.writeString(source, SOURCE);
        javac(source);
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in").resolve("a.txt"), "a\u00e9");
        Files.writeString(folder.resolve("in").resolve("b.txt"), "bb");
    }

    private Path classes() {
        return folder.resolve("classes");
    }

    private void javac(Path source) {
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes().toString(), source.toString());
        assertThat(code).isZero();
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("own.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes().relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private CommandRun crawl(String method, String... more) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "crawl",
                                folder.resolve("in").toString(),
                                "--to",
                                folder.resolve("out").toString(),
                                "--overwrite",
                                "--workers",
                                "1",
                                "--parse",
                                method),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Map<String, JsonNode> results(Path file) throws IOException {
        var results = new TreeMap<String, JsonNode>();
        for (String line : Files.readAllLines(file)) {
            JsonNode json = JsonMapper.shared().readTree(line);
            results.put(Path.of(json.get("source").stringValue()).getFileName().toString(), json);
        }
        return results;
    }

    private JsonNode ofA(String method, String... more) throws IOException {
        var all = Stream.concat(Stream.of("--class-path", classes().toString()), Stream.of(more));
        var run = crawl("com.acme.Work::" + method, all.toArray(String[]::new));
        assertThat(run.err()).contains("2 done, 0 failed");
        return result("a.txt");
    }

    private JsonNode result(String name) throws IOException {
        return Objects.requireNonNull(results(folder.resolve("out")).get(name), name);
    }

    private JsonNode failure(String name) throws IOException {
        return Objects.requireNonNull(
                results(Path.of(folder.resolve("out") + ".failed.jsonl")).get(name), name);
    }

    @Test
    void whatever_jackson_writes_is_a_value_and_a_map_or_record_gives_its_fields() throws IOException {
        var found = ofA("found");
        assertThat(found.get("word").stringValue()).isEqualTo("w3");
        assertThat(found.get("places").toString()).isEqualTo("[1,2]");
        assertThat(found.get("inner").get("value").doubleValue()).isEqualTo(0.5);
        assertThat(found.propertyNames())
                .containsExactly("source", "type", "bytes", "sha512", "word", "places", "inner", "worker", "ms");
        assertThat(ofA("first").get("value").stringValue()).isEqualTo("a");
        assertThat(ofA("count").get("value").intValue()).isEqualTo(3);
        assertThat(ofA("list").get("value").toString()).isEqualTo("[\"a\u00e9\",\"\ud83e\uddf5\"]");
        assertThat(ofA("twice(String)").get("value").intValue()).isEqualTo(2);
    }

    @Test
    void it_is_told_what_is_known_and_has_its_own_classes_alone() throws IOException {
        var about = ofA("about", "-O", "own.colour=blue", "--fields", "seen,bytes,source");
        assertThat(about.toString())
                .startsWith("{\"seen\":{\"colour\":\"blue\",\"source\":\""
                        + folder.resolve("in").resolve("a.txt") + "\",\"type\":\"text/plain\"},\"bytes\":3,");
    }

    @Test
    void its_classes_are_its_own_and_may_be_in_a_jar() throws IOException {
        assertThat(ofA("loader").get("value").stringValue()).isEqualTo("own");
        Path jar = jar();
        var run = crawl("com.acme.Work::loader", "--class-path", folder.resolve("in") + ":" + jar);
        assertThat(run.exitCode()).isZero();
        assertThat(result("a.txt").get("value").stringValue()).isEqualTo("own");
    }

    @Test
    void what_it_throws_or_exits_costs_the_page() throws IOException {
        Files.writeString(folder.resolve("in").resolve("c.txt"), "c");
        var run = crawl("com.acme.Work::picky", "--class-path", classes().toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(results(folder.resolve("out")).keySet()).containsExactly("a.txt");
        assertThat(failure("b.txt").get("error").stringValue()).contains("no b, please");
        assertThat(failure("c.txt").get("outcome").stringValue()).isEqualTo("Crashed");
    }

    @Test
    void a_value_that_cannot_be_and_a_field_of_the_crawls_own_are_told() throws IOException {
        for (String method : List.of("bad", "thief")) {
            var run =
                    crawl("com.acme.Work::" + method, "--class-path", classes().toString());
            assertThat(run.exitCode()).isEqualTo(3);
            var failure = failure("a.txt");
            assertThat(failure.get("error").stringValue())
                    .startsWith(
                            method.equals("bad")
                                    ? "what the parser gave, com.acme.Work$Bad, cannot be written as JSON"
                                    : "the parser gives a field 'sha512', which is the crawl's own");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.Nobody::f       | there is no class com.acme.Nobody on the class path: name its jar or folder",
                "com.other.Work::count    | there is no class com.other.Work on the class path; there is com.acme.Work",
                "com.acme.Work::missing   | com.acme.Work has no method 'missing'",
                "com.acme.Work::notStatic | notStatic(byte[]) is not public and static",
                "com.acme.Work::hidden    | hidden(byte[]) is not public and static",
                "com.acme.Work::wrong     | wrong(int) takes something else than (byte[]), (String) or (byte[], Map<String",
                "com.acme.Work::silent    | silent(byte[]) returns nothing",
                "com.acme.Work::twice     | several are called so: say which, com.acme.Work::twice(String), com.acme.Work::tw",
                "com.acme.Work::          | names no method: write com.acme.Work::f",
            })
    void a_method_that_cannot_be_called_is_told_before_work_starts(String method, String message) {
        var run = crawl(method, "--class-path", classes().toString());
        assertThat(run.err()).startsWith("forkloom: ").contains(message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void the_example_project_does_what_it_says() throws IOException {
        javac(EXAMPLE);
        Files.writeString(folder.resolve("in").resolve("a.txt"), "one\nlonger\n");
        var run = crawl("com.acme.Pages::parse", "--class-path", classes().toString());
        assertThat(run.exitCode()).isZero();
        var lines = result("a.txt");
        assertThat(lines.get("lines").intValue()).isEqualTo(2);
        assertThat(lines.get("longest").intValue()).isEqualTo(6);

        var search = crawl("com.acme.Pages::search", "--class-path", classes().toString(), "-O", "own.word=longer");
        assertThat(search.exitCode()).isZero();
        assertThat(result("a.txt").get("found").booleanValue()).isTrue();
        assertThat(result("b.txt").get("found").booleanValue()).isFalse();
    }
}
