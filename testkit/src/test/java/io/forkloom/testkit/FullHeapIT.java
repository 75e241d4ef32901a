package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program whose own heap has no room for what a pool brings: the task comes to an end, and the pool works on. */
class FullHeapIT extends FaultCase {
    private static final int HALF = 32 << 20;

    /** Gets a result that is larger than its heap, and then some that are not. */
    static final class Greedy {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(1).heap("256m"))) {
                var ends = new ArrayList<String>();
                for (int size : List.of(2 * HALF, 1000)) {
                    ends.add(describe(pool.submit(FullHeapIT::bytes, size).await()));
                }
                Files.write(Path.of(args[0]), ends);
            }
        }
    }

    static byte[] bytes(int size) {
        return new byte[size];
    }

    private static String describe(Outcome<?> outcome) {
        return outcome instanceof Outcome.Crashed<?> crash
                ? "Crashed: " + crash.exit().reason().orElse("by itself")
                : outcome.getClass().getSimpleName();
    }

    @Test
    void a_result_that_the_programs_heap_cannot_hold_costs_its_task_and_says_so(@TempDir Path folder) throws Exception {
        var file = folder.resolve("ends");
        Programs.outputOf(Greedy.class, Map.of(), List.of(file.toString()));
        var ends = Files.readAllLines(file);
        assertThat(ends).hasSize(2);
        assertThat(ends.getFirst()).startsWith("Crashed: its keeper failed: java.lang.OutOfMemoryError");
        assertThat(ends.getLast()).isEqualTo("Completed");
    }
}
