package io.forkloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole command lines in a JVM of their own: what they run, and what signals do to them. */
@Timeout(120)
class LaunchIT {
    @TempDir
    Path folder;

    /** Not the folder that is crawled. */
    @TempDir
    Path remains;

    private Path source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Launched run(String... arguments) throws IOException {
        return Launched.of(remains, arguments);
    }

    @Test
    void a_compact_source_file_runs_with_forkloom_and_its_exit_code_is_passed_on() throws Exception {
        Path file = source("Squares.java", """
                import io.forkloom.ProcessPool;
                static int square(int x) { return x * x; }
                void main(String[] args) throws Exception {
                    try (var pool = ProcessPool.open(c -> c.workers(1))) {
                        IO.println(pool.call(x -> square(x), 12) + " " + String.join(",", args));
                    }
                    System.exit(7);
                }
                """);
        var run = run("run", file.toString(), "--help", "-x", "a b");

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("144 --help,-x,a b\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.temporaryFiles()).as("the private directory is gone").isEmpty();
    }

    @Test
    void a_class_in_a_package_runs_too() throws Exception {
        Path file = source("Hello.java", """
                package com.acme;
                import java.util.List;
                /** Not the first type: annotations and imports come before. */
                public class Hello {
                    record Name(String text) {}
                    public static void main(String[] args) { System.out.println(new Name("ok").text()); }
                }
                """);
        var run = run("run", file.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("ok\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void sigterm_ends_the_program_that_runs_and_removes_what_was_compiled() throws Exception {
        Path file = source("Wait.java", """
                void main() throws Exception {
                    IO.println(ProcessHandle.current().pid());
                    Thread.sleep(java.time.Duration.ofDays(1));
                }
                """);
        var run = run("run", file.toString());
        long child = Long.parseLong(run.firstLine());

        run.signal("TERM");
        assertThat(run.exitCode()).isEqualTo(143);
        var handle = ProcessHandle.of(child);
        if (handle.isPresent()) {
            handle.get().onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(run.temporaryFiles()).isEmpty();
    }

    @Test
    void ctrl_c_ends_a_crawl_with_130_and_leaves_no_worker_and_what_the_same_command_goes_on_with() throws Exception {
        source("list", "");
        // Standard input stays open, so this crawl would never end by itself.
        var run = run("crawl", "-", "--to", folder.resolve("out.jsonl").toString(), "--workers", "1", "--json");
        run.write(source("a.html", "<title>a</title>") + "\n");
        run.awaitChild();
        var workers = run.descendants();

        run.signal("INT");
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.err()).contains("interrupted: ", " read: ", "the same command goes on with it");
        assertThat(run.out()).startsWith("{\"read\":");
        for (var worker : workers) {
            worker.onExit().get(30, TimeUnit.SECONDS);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.contains("out")))
                    .containsExactlyInAnyOrder("out.jsonl.journal", "out.jsonl.part");
        }
    }

    @Test
    void a_crawl_to_standard_output_that_is_killed_leaves_nothing_behind() throws Exception {
        var run = run("crawl", "-", "--to", "-", "--workers", "1");
        run.write(source("a.html", "<title>a</title>") + "\n");
        assertThat(run.firstLine()).contains("a.html");

        run.killAll();
        assertThat(run.temporaryFiles()).isEmpty();
    }

    @Test
    void an_interrupted_demo_says_no_more_than_that_and_leaves_no_folder_behind() throws Exception {
        var run = run("crawl", "--demo", "--workers", "1");
        run.awaitChild();
        run.signal("INT");
        assertThat(run.exitCode()).isEqualTo(130);
        assertThat(run.err()).startsWith("forkloom: interrupted: ").hasLineCount(1);
        assertThat(run.temporaryFiles()).isEmpty();
    }

    @Test
    void a_reader_that_goes_away_ends_the_crawl_with_one_line() throws Exception {
        for (int i = 0; i < 300; i++) {
            source(i + ".txt", "x".repeat(2000));
        }
        var run = run("crawl", folder.toString(), "--to", "-", "--quiet", "--workers", "1", "--parse", "sha512");
        run.closeOutput();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("forkloom: cannot write").hasLineCount(1);
    }

    @Test
    void what_is_measured_comes_as_json_lines_and_nothing_else() throws Exception {
        var run = run("bench", "worker.memory", "--json");

        assertThat(run.out()).matches("\\{\"name\":\"worker\\.memory\",\"value\":[0-9.]+,\"unit\":\"MiB\"}\n");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).startsWith("Java ");
    }
}
