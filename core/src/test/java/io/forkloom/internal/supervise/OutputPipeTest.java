package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real processes, on Linux. */
@Timeout(30)
class OutputPipeTest {
    private static Process shell(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script).start();
    }

    private static OutputPipe pipe(Process process) {
        return (OutputPipe) OutputPipe.of(process, 1, process.getInputStream());
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void kill(String pid) {
        ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void what_a_dead_process_has_left_in_the_pipe_is_read_to_the_end() throws Exception {
        var process = shell("read begin; seq 1 5000");
        try (var pipe = pipe(process)) {
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
            pipe.finish();
            var lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8)).lines();
            assertThat(lines).hasSize(5000).endsWith("5000");
        }
    }

    @Test
    void a_reader_that_waits_for_a_child_of_a_dead_process_is_sent_home() throws Exception {
        var process = shell("read begin; sleep 60 & echo $!");
        try (var pipe = pipe(process)) {
            process.getOutputStream().close();
            var child = line(pipe);
            try {
                assertThat(process.waitFor()).isZero();
                var rest = new FutureTask<>(() -> pipe.readAllBytes().length);
                var reader = Thread.ofPlatform().start(rest);
                while (reader.getStackTrace().length == 0 || !isReading(reader)) {
                    Thread.onSpinWait(); // nobody tells of it
                }
                pipe.finish();
                assertThat(rest.get()).isZero();
                assertThat(ProcessHandle.of(Long.parseLong(child)))
                        .as("the child lives")
                        .isPresent();
            } finally {
                kill(child);
            }
        }
    }

    private static boolean isReading(Thread thread) {
        for (var frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("read0")) {
                return true;
            }
        }
        return false;
    }

    /** It dies of the broken pipe. */
    @Test
    void a_child_that_never_stops_printing_is_not_read_for_ever() throws Exception {
        var process = shell("read begin; yes &");
        try (var pipe = pipe(process)) {
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
            assertThat(line(pipe)).isEqualTo("y");
            pipe.finish();
            assertThat(pipe.readAllBytes().length).isLessThan(2 << 20);
        }
    }
}
