package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.Retry;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose own heap is full while a pool works for them: each task comes to an end of some kind. */
class FullHeapIT extends FaultCase {
    /** Tasks without an end after this have none. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    /** Fills its heap while three tasks run and one waits, and lets go of it when it is told so. */
    static final class Full {
        private static final int SMALLEST = 16;
        private static final int FULL = 1;

        /** Nothing tells that the pool has met the full heap; and who waits for that must not need any memory. */
        private static final long MISERY = 2_000_000_000; // 2 s

        public static void main(String[] args) throws Exception {
            var door = new Gate.Door(args[0]);
            var output = new FileOutputStream(FileDescriptor.out); // writes without any memory, from the second time on
            output.write('.');
            var hoard = new Object[4 << 20];
            var pool = ProcessPool.open(c -> c.workers(3).heap("64m"));
            var handles = new ArrayList<TaskHandle<?>>();
            handles.add(pool.submit(FullHeapIT::passAndAnswer, door, 100));
            handles.add(pool.submit(FullHeapIT::passAndAnswer, door, 1 << 20));
            handles.add(pool.submit(FullHeapIT::passAndDie, door));
            handles.add(pool.with(TaskOptions.retry(Retry.onCrash(2))).submit(Work::square, 3));
            int told = System.in.read(); // all have arrived
            int count = 0;
            for (int size = 1 << 20; size >= SMALLEST; size /= 2) {
                try {
                    while (true) {
                        hoard[count] = new byte[size];
                        count++;
                    }
                } catch (OutOfMemoryError e) {
                    // So much for this size.
                }
            }
            output.write(FULL);
            told += System.in.read(); // the tasks have passed
            for (long from = System.nanoTime(); System.nanoTime() - from < MISERY; ) {
                Thread.onSpinWait();
            }
            Arrays.fill(hoard, null);
            var ends = new ArrayList<String>();
            for (var handle : handles) {
                ends.add(handle.await(PATIENCE)
                        .map(end -> end.getClass().getSimpleName())
                        .orElse("no end"));
            }
            ends.add(pool.submit(Work::square, told).await().getClass().getSimpleName());
            pool.close();
            Files.write(Path.of(args[1]), ends);
        }
    }

    /** Threads of the JDK may complain before. */
    private static void awaitFull(InputStream output) throws IOException {
        var before = new StringBuilder();
        for (int next = output.read(); next != Full.FULL; next = output.read()) {
            assertThat(next).as(before::toString).isNotNegative();
            before.append((char) next);
        }
    }

    static byte[] passAndAnswer(Gate.Door door, int size) throws IOException {
        door.pass("worker");
        return new byte[size];
    }

    static int passAndDie(Gate.Door door) throws IOException {
        door.pass("worker");
        return Faults.halt(7).length();
    }

    @Test
    void whatever_happens_while_the_programs_heap_is_full_is_told_when_it_is_not(@TempDir Path folder)
            throws Exception {
        var file = folder.resolve("ends");
        try (var gate = Gate.shut()) {
            var words = List.of("-XX:+UseSerialGC", gate.door().socket(), file.toString());
            var program = Programs.start(Full.class, Map.of(), words);
            var arrivals = gate.arrivals(3);
            program.getOutputStream().write('1');
            program.getOutputStream().flush();
            awaitFull(program.getInputStream());
            gate.open();
            for (var arrival : arrivals) {
                arrival.awaitGone();
            }
            program.getOutputStream().write('2');
            program.getOutputStream().flush();
            Programs.outputOf(program);
        }
        var ends = Files.readAllLines(file);
        assertThat(ends).hasSize(5).endsWith("Completed");
        assertThat(ends).isSubsetOf("Completed", "Crashed");
    }
}
