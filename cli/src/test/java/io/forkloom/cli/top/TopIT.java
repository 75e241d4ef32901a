package io.forkloom.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import io.forkloom.cli.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Looks at real programs, each in a JVM of its own. */
@Timeout(120)
class TopIT {
    private static final String PROGRAM = """
            import io.forkloom.*;
            import io.forkloom.async.*;
            static int square(int x) { return x * x; }
            void main() throws Exception {
                try (var pool = ProcessPool.open(c -> c.name("squares").workers(1));
                        var group = TaskGroup.open("crawl")) {
                    var pages = Channel.<String>bounded(4);
                    group.fork("reader", () -> pages.receive());
                    pool.call(x -> square(x), 12);
                    IO.println(ProcessHandle.current().pid());
                    group.join();
                }
            }
            """;

    @TempDir
    Path folder;

    private Launched program() throws Exception {
        return Launched.of(
                folder,
                "run",
                Files.writeString(folder.resolve("Squares.java"), PROGRAM).toString());
    }

    private static void end(Launched program) throws Exception {
        program.signal("TERM");
        assertThat(program.exitCode()).isEqualTo(143);
        assertThat(program.err())
                .as("the program says nothing of being looked at")
                .isEmpty();
    }

    @Test
    void it_shows_pools_groups_and_carriers_of_a_program_that_was_given_no_flag() throws Exception {
        var program = program();
        var pid = program.firstLine();
        var page = CommandRun.of("top", pid, "--once");

        assertThat(page.err()).isEmpty();
        assertThat(page.exitCode()).isZero();
        assertThat(page.out())
                .contains("process " + pid + "   lag ")
                .containsPattern("squares +ProcessPool +1/1 +0 +0 +1 +0 +1 ")
                .contains("group crawl of main: 1 running")
                .containsPattern("reader +suspended ");
        end(program);
    }

    @Test
    void a_second_look_finds_nothing_in_its_way_and_json_has_the_same_figures() throws Exception {
        var program = program();
        var pid = program.firstLine();
        CommandRun.of("top", pid, "--once");
        var run = CommandRun.of("top", pid, "--once", "--json");

        var snapshot = new JsonMapper().readTree(run.out());
        assertThat(snapshot.path("pools").path(0).path("completed").asInt()).isEqualTo(1);
        assertThat(snapshot.path("groups")
                        .path(0)
                        .path("subtasks")
                        .path(0)
                        .path("state")
                        .asString())
                .isEqualTo("SUSPENDED");
        end(program);
    }

    @Test
    void ctrl_c_ends_it_with_130_and_the_program_goes_on() throws Exception {
        var program = program();
        var pid = program.firstLine();
        var top = Launched.of(folder, "top", pid);
        assertThat(top.firstLine()).startsWith("process " + pid);
        top.signal("INT");

        assertThat(top.exitCode()).isEqualTo(130);
        assertThat(top.err()).isEmpty();
        assertThat(CommandRun.of("top", pid, "--once").exitCode()).isZero();
        end(program);
    }

    @Test
    void it_ends_with_the_program_that_it_shows() throws Exception {
        var program = program();
        var top = Launched.of(folder, "top", program.firstLine());
        assertThat(top.firstLine()).startsWith("process ");
        end(program);

        assertThat(top.exitCode()).isZero();
        assertThat(top.err()).endsWith(" has ended\n").hasLineCount(1);
    }

    @Test
    void there_is_no_such_process() {
        var run = CommandRun.of("top", "2147483647", "--once");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("forkloom: there is no process 2147483647\n");
    }

    @Test
    void what_is_no_java_program_is_left_alone() throws Exception {
        var other = new ProcessBuilder("sleep", "1000").start();
        try {
            var run = CommandRun.of("top", Long.toString(other.pid()), "--once");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("is not a Java program");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void a_java_program_without_forkloom_is_told_apart() throws Exception {
        var file = Files.writeString(folder.resolve("Alone.java"), """
                void main() throws Exception {
                    IO.println("here");
                    Thread.sleep(java.time.Duration.ofDays(1));
                }
                """);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var alone = new ProcessBuilder(java, file.toString()).start();
        try (var output = alone.inputReader()) {
            assertThat(output.readLine()).isEqualTo("here");
            var run = CommandRun.of("top", Long.toString(alone.pid()), "--once");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("has no Forkloom of this version on its class path");
        } finally {
            alone.destroyForcibly();
        }
    }
}
