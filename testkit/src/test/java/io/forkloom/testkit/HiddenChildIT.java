package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Crashed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child that has dropped its environment is not found, lives on, and holds the worker's output open: nobody waits for it. */
class HiddenChildIT extends FaultCase {
    @TempDir
    private Path folder;

    /** Leaves the pid in the file. The child has another environment only when it is {@code sleep}. */
    static long hide(String file) throws IOException {
        long pid = new ProcessBuilder("env", "-i", "sleep", "60")
                .inheritIO()
                .start()
                .pid();
        var command = Path.of("/proc", Long.toString(pid), "cmdline");
        while (!Files.readString(command).startsWith("sleep")) {
            Thread.onSpinWait();
        }
        Files.writeString(Path.of(file), Long.toString(pid));
        return pid;
    }

    static String hideAndHalt(String file) throws IOException {
        hide(file);
        System.out.print("no end of the line");
        System.out.flush();
        return Faults.halt(7);
    }

    private String file() {
        return folder.resolve("pid").toString();
    }

    private long child() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")));
    }

    private static List<Thread> readers(String worker) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("forkloom-" + worker + "-std(out|err)"))
                .toList();
    }

    /** They end while the child lives. */
    private void assertEnd(List<Thread> readers) throws Exception {
        assertThat(readers).hasSize(2);
        for (var reader : readers) {
            assertThat(reader.join(Duration.ofSeconds(20)))
                    .as(reader.getName() + " ends")
                    .isTrue();
        }
        assertThat(ProcessHandle.of(child())).as("the child lives").isPresent();
    }

    @Test
    void the_readers_of_a_closed_pool_end() throws Exception {
        try {
            List<Thread> readers;
            try (var pool = open(1)) {
                pool.call(HiddenChildIT::hide, file());
                readers = readers("0.1");
            }
            assertEnd(readers);
        } finally {
            signal("KILL", child());
        }
    }

    @Test
    void the_readers_of_a_crashed_worker_end_and_its_last_words_are_kept() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            var passing = pool.submit(Gate.Door::pass, door);
            gate.arrivals(1);
            var readers = readers("0.1");
            gate.open();
            assertThat(passing.join()).isEqualTo("somebody");
            var crashed =
                    (Crashed<?>) pool.submit(HiddenChildIT::hideAndHalt, file()).await();
            assertThat(crashed.exit().code()).isEqualTo(7);
            assertThat(crashed.report().lastLines()).containsExactly("no end of the line");
            assertEnd(readers);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        } finally {
            signal("KILL", child());
        }
    }
}
