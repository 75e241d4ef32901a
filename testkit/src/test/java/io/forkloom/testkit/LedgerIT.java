package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native code that writes over the page in which a worker and its pool keep what was started. */
class LedgerIT extends FaultCase {
    @SuppressWarnings("restricted")
    static void writeCursor(long cursor) throws IOException {
        String mapping = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.matches(".*/forkloom-.*/ledger.*"))
                .findFirst()
                .orElseThrow();
        long address = Long.parseUnsignedLong(mapping.substring(0, mapping.indexOf('-')), 16);
        MemorySegment.ofAddress(address).reinterpret(Long.BYTES).set(ValueLayout.JAVA_LONG, 0, cursor);
    }

    static String zeroAndWait(Gate.Door door) throws IOException {
        writeCursor(0);
        door.pass("the ledger is zero");
        return "never";
    }

    static String zeroAndHalt(String file) throws IOException {
        Files.writeString(Path.of(file), "started\n", java.nio.file.StandardOpenOption.APPEND);
        writeCursor(0);
        Runtime.getRuntime().halt(7);
        return "never";
    }

    @Test
    void a_cancelled_task_that_wrote_over_the_ledger_is_stopped() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.submit(LedgerIT::zeroAndWait, gate.door());
            gate.arrivals(1);
            handle.cancel("enough");
            assertThat(handle.await()).isInstanceOf(Cancelled.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }

    @Test
    void the_deadline_of_a_task_that_wrote_over_the_ledger_stops_it() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle =
                    pool.with(TaskOptions.deadline(Duration.ofSeconds(1))).submit(LedgerIT::zeroAndWait, gate.door());
            assertThat(handle.await()).isInstanceOf(TimedOut.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_crashed_task_that_wrote_over_the_ledger_does_not_run_again(@TempDir Path folder) throws Exception {
        var file = Files.createFile(folder.resolve("log"));
        try (var pool = open(1)) {
            assertThat(pool.submit(LedgerIT::zeroAndHalt, file.toString()).await())
                    .isInstanceOf(Crashed.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(Files.readAllLines(file)).containsExactly("started");
        }
    }
}
