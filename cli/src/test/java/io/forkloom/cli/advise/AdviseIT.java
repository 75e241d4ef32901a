package io.forkloom.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import io.forkloom.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Whole commands on functions that behave, wait, waste, and do what no function should. */
@Timeout(120)
class AdviseIT {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        Sources.compile(folder, """
                package com.acme;
                import java.util.*;
                public class Work {
                    static int primes(int below) {
                        int count = 0;
                        for (int n = 2; n < below; n++) {
                            boolean prime = true;
                            for (int d = 2; prime && d * d <= n; d++) { prime = n % d != 0; }
                            count += prime ? 1 : 0;
                        }
                        return count;
                    }
                    static String sleep(int millis) throws Exception { Thread.sleep(millis); return "slept"; }
                    static int waste(String text, int times) {
                        int length = 0;
                        for (int i = 0; i < times; i++) { length += (text + i).length(); }
                        return length;
                    }
                    static int sum(byte[] data) { int sum = 0; for (byte each : data) { sum += each; } return sum; }
                    static class Holder implements java.io.Serializable { final Object lock = new Object(); int n = primes(5000); }
                    static Holder locked() { return new Holder(); }
                    static boolean exit() { System.exit(3); return true; }
                    static void loop() { while (true) { Thread.onSpinWait(); } }
                    static int fill() { var all = new ArrayList<byte[]>(); while (true) { all.add(new byte[1 << 20]); } }
                    static int number(String text) { return Integer.parseInt(text); }
                    static class Countdown { static int left = 50; static int f() { if (--left == 0) System.exit(7); return primes(3000); } }
                    static void print() { System.out.println("noise"); System.err.println("noise"); primes(1000); }
                }
                """);
    }

    private static CommandRun run(String method, String... more) {
        var words = new ArrayList<>(List.of("advise", "com.acme.Work" + method, "--class-path", folder.toString()));
        words.addAll(List.of("--for", "500ms", "--heap", "64m"));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static JsonNode advise(String method, String... arguments) {
        var words = new ArrayList<>(List.of("--json"));
        for (String argument : arguments) {
            words.addAll(List.of("--argument", argument));
        }
        var run = run(method, words.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        return new ObjectMapper().readTree(run.out());
    }

    private static String model(JsonNode report) {
        return report.at("/advice/model").asString();
    }

    @Test
    void a_function_that_computes_goes_to_a_pool_of_processes() {
        var report = advise("::primes", "20000");

        assertThat(model(report)).isEqualTo("process-pool");
        assertThat(report.at("/function").asString()).isEqualTo("com.acme.Work::primes(int)");
        assertThat(report.at("/ending").asString()).isEqualTo("returned");
        assertThat(report.at("/pace/median").asDouble()).isPositive();
        assertThat(report.at("/pace/computing").asDouble()).isGreaterThan(0.5);
        assertThat(report.at("/pace/calls").asLong()).isPositive();
        assertThat(report.at("/crossing/serialisable").asBoolean()).isTrue();
        assertThat(report.at("/crossing/argumentBytes").asLong()).isEqualTo(81); // an Integer of java.io
        assertThat(report.at("/crossing/resultBytes").asLong()).isEqualTo(81);
        assertThat(report.at("/crossing/trip").asDouble()).isPositive();
    }

    @Test
    void a_function_that_sleeps_goes_to_virtual_threads() {
        var report = advise("::sleep", "20");

        assertThat(model(report)).isEqualTo("virtual-threads");
        assertThat(report.at("/pace/median").asDouble()).isGreaterThan(20e6);
        assertThat(report.at("/pace/computing").asDouble()).isLessThan(0.5);
    }

    @Test
    void a_function_that_makes_garbage_is_told_so() {
        var report = advise("::waste", "text", "20000");

        assertThat(model(report)).isEqualTo("process-pool");
        assertThat(report.at("/pace/allocatedBytes").asLong()).isGreaterThan(20_000 * 16);
        assertThat(report.at("/advice/reasons").toString()).contains("of garbage a second");
        assertThat(report.at("/advice/code").asString()).contains("pool.call(Work::waste, first, second)");
    }

    @Test
    void bytes_are_the_content_of_a_file() throws Exception {
        var file = Files.write(folder.resolve("data"), new byte[100_000]);
        var report = advise("::sum", "@" + file);

        assertThat(report.at("/crossing/argumentBytes").asLong()).isBetween(100_000L, 100_100L);
    }

    @Test
    void a_result_that_cannot_be_serialised_is_told_with_its_field() {
        var report = advise("::locked");

        assertThat(model(report)).isEqualTo("thread-pool");
        assertThat(report.at("/crossing/serialisable").asBoolean()).isFalse();
        assertThat(report.at("/crossing/fault").asString())
                .startsWith("the result of Work::locked is not serialisable: field `lock` of com.acme.Work$Holder");
    }

    @Test
    void a_function_that_exits_ends_its_worker_and_not_the_command() {
        var report = advise("::exit");

        assertThat(model(report)).isEqualTo("process-pool");
        assertThat(report.at("/ending").asString()).isEqualTo("crashed");
        assertThat(report.at("/risk").asString()).isEqualTo("a call ended its JVM, by exit code 3");
    }

    @Test
    void one_that_exits_only_after_many_calls_does_so_too() {
        var report = advise(".Countdown::f");

        assertThat(report.at("/ending").asString()).isEqualTo("crashed");
        assertThat(report.at("/risk").asString()).matches("a call ended its JVM, by exit code 7, after \\d+ good ones");
    }

    @Test
    void a_function_that_never_returns_is_stopped_and_said_where_it_was() {
        var report = advise("::loop");

        assertThat(model(report)).isEqualTo("process-pool");
        assertThat(report.at("/ending").asString()).isEqualTo("timed-out");
        assertThat(report.at("/risk").asString()).contains("had not returned after 500 ms", "com.acme.Work.loop(");
        assertThat(report.at("/advice/code").asString()).contains("deadline");
    }

    @Test
    void a_function_that_fills_the_memory_is_named_with_the_heap_that_it_had() {
        var report = advise("::fill");

        assertThat(model(report)).isEqualTo("process-pool");
        assertThat(report.at("/ending").asString()).isEqualTo("out-of-memory");
        assertThat(report.at("/risk").asString()).contains("64 MiB");
    }

    @Test
    void a_function_that_throws_is_wrong_input_and_one_clear_line() {
        var run = run("::number", "--argument", "twelve");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("forkloom: com.acme.Work::number(String) threw java.lang.NumberFormatException")
                .hasLineCount(1);
    }

    @Test
    void the_report_for_people_has_the_numbers_the_advice_and_the_code_and_nothing_that_the_function_prints() {
        var run = run("::print");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("com.acme.Work::print()\n")
                .contains("a call ", "computing ", "allocation ", "argument ", "result ", "in a pool ", "risk ")
                .doesNotContain("noise");
        assertThat(run.out().lines()).anyMatch(line -> line.matches("(Use|Call) .*\\."));
        assertThat(run.out().strip()).endsWithIgnoringCase(run.out().contains("try (") ? "}" : ";");
    }
}
