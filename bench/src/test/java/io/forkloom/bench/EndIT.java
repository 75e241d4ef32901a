package io.forkloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run leaves behind: nothing, however it ends. */
@Timeout(120)
class EndIT {
    @TempDir
    Path folder;

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                BenchMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TMPDIR", folder.toString());
        return builder.start();
    }

    /** The system tells nobody of a new process: so this looks again and again; the test's time-out bounds it. */
    private static List<ProcessHandle> whenBusy(Process run) throws InterruptedException {
        while (run.isAlive() && run.descendants().count() < 4) {
            run.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return run.descendants().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void a_signal_ends_the_run_its_workers_and_the_peers_and_no_file_stays(String signal) throws Exception {
        var run = start("call.noop", "call.idle", "--peers");
        var family = whenBusy(run);

        new ProcessBuilder("kill", "-" + signal, Long.toString(run.pid()))
                .start()
                .waitFor();

        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (var each : family) {
            each.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_run_that_is_killed_takes_workers_and_peers_along() throws Exception {
        var run = start("call.noop", "--peers");
        var family = whenBusy(run);

        run.destroyForcibly();

        for (var each : family) {
            each.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_run_that_is_done_leaves_no_file() throws Exception {
        var run = start("start.spare", "--json", "--peers");
        var output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).isZero();
        assertThat(output).contains("{\"name\":\"start.spare\",\"value\":");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
