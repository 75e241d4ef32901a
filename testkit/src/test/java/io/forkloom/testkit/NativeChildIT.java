package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Children of workers that C code has started: unlike those of a ProcessBuilder they hold every descriptor of the
 * worker open, so the link does not end when the worker does.
 */
class NativeChildIT extends FaultCase {
    /** An end that is not told within this is one that waits for the child. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** The shell, and with it this call, ends when the child runs. */
    static String startAndStay(Gate.Door door) throws IOException {
        Native.system("sleep 1000 &");
        return door.pass("parent");
    }

    static String startAndExit(int code) {
        Native.system("sleep 1000 &");
        return Faults.exit(code);
    }

    private static Outcome<?> ended(TaskHandle<?> handle) throws InterruptedException {
        var outcome = handle.await(PATIENCE);
        assertThat(outcome).as("a child holds up the end of its worker").isPresent();
        return outcome.get();
    }

    @Test
    void a_native_child_does_not_hold_up_the_end_of_a_killed_worker() throws Exception {
        var before = Leaks.workerProcesses();
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.drain(Duration.ofSeconds(1)))) {
            var hit = pool.submit(NativeChildIT::startAndStay, gate.door());
            long worker = gate.arrivals(1).getFirst().pid();
            var children = Leaks.workerProcesses();
            children.removeAll(before);
            children.remove(worker);
            assertThat(children).hasSize(1);
            signal("KILL", worker);
            assertThat(ended(hit)).isInstanceOf(Crashed.class);
            assertThat(Leaks.workerProcesses()).doesNotContainAnyElementsOf(children);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_native_child_does_not_hold_up_the_end_of_a_worker_that_exits() throws Exception {
        try (var pool = open(1, c -> c.drain(Duration.ofSeconds(1)))) {
            var crashed = (Crashed<?>) ended(pool.submit(NativeChildIT::startAndExit, 7));
            assertThat(crashed.exit().code()).isEqualTo(7);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_native_child_does_not_hold_up_a_cancel() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.drain(Duration.ofSeconds(1)))) {
            var running = pool.submit(NativeChildIT::startAndStay, gate.door());
            gate.arrivals(1);
            running.cancel("the test says so");
            assertThat(ended(running)).isInstanceOf(Cancelled.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_native_child_does_not_hold_up_a_deadline() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.drain(Duration.ofSeconds(1)))) {
            var late = pool.with(TaskOptions.deadline(Duration.ofSeconds(1)))
                    .submit(NativeChildIT::startAndStay, gate.door());
            assertThat(ended(late)).isInstanceOf(TimedOut.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    /** Without its environment the child cannot be found, and lives on: the pool must not wait for it all the same. */
    static String hideAndExit(String pidFile) {
        Native.system("env -i sleep 1000 & echo $! > " + pidFile);
        return Faults.exit(7);
    }

    @Test
    void a_native_child_that_nobody_can_find_does_not_hold_up_anything(@TempDir Path folder) throws Exception {
        var file = folder.resolve("pid");
        try (var pool = open(1, c -> c.drain(Duration.ofSeconds(1)))) {
            assertThat(ended(pool.submit(NativeChildIT::hideAndExit, file.toString())))
                    .isInstanceOf(Crashed.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        } finally {
            signal("KILL", Long.parseLong(Files.readString(file).strip()));
        }
    }
}
