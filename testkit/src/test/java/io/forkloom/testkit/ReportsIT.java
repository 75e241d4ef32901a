package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.Retry;
import io.forkloom.TaskOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files about the ends of workers, where they are asked for. */
class ReportsIT extends FaultCase {
    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_native_crash_leaves_a_report_with_the_whole_crash_log(@TempDir Path folder) throws Exception {
        try (var pool = open(1, c -> c.reports(folder.resolve("made")))) {
            var crashed = (Crashed<?>) pool.submit(Faults::nativeCrash, 0L).await();
            var file = crashed.report().files().getFirst();
            assertThat(Files.readString(file))
                    .startsWith(crashed.exit().toString())
                    .contains("# A fatal error has been detected", "VM Arguments:");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(crashed.toException()).hasMessageContaining("kept: " + file);
        }
        assertThat(names(folder.resolve("made"))).hasSize(1);
    }

    @Test
    void a_report_tells_which_task_it_was_and_the_attempt(@TempDir Path folder) throws Exception {
        try (var pool = open(1, c -> c.reports(folder))) {
            var crashed = (Crashed<?>)
                    pool.with(TaskOptions.NONE.withLabel("the poison").withRetry(Retry.onCrash(2)))
                            .submit(Faults::halt, 9)
                            .await();
            assertThat(Files.readAllLines(crashed.report().files().getFirst()))
                    .containsExactly(crashed.exit().toString(), "  task: the poison (task 1, attempt 2)");
        }
    }

    @Test
    void a_full_heap_leaves_its_dump(@TempDir Path folder) throws Exception {
        try (var pool = open(1, c -> c.reports(folder))) {
            var full = (OutOfMemory<?>)
                    pool.submit(Faults::heapOutOfMemory, 1 << 20).await();
            assertThat(full.report().files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly(
                            "forkloom-worker-0.1-pid" + full.exit().pid() + ".txt",
                            "forkloom-heap-" + full.exit().pid() + ".hprof");
            assertThat(full.report().files()).allMatch(Files::isRegularFile);
        }
    }

    @Test
    void the_oldest_go_and_what_is_not_ours_stays(@TempDir Path folder) throws Exception {
        var strange = Files.writeString(folder.resolve("mine.txt"), "not yours");
        try (var pool = open(1, c -> c.reports(folder, 2, "10m"))) {
            var reports = new java.util.ArrayList<Path>();
            for (int i = 1; i <= 4; i++) {
                var crashed = (Crashed<?>) pool.submit(Faults::halt, i).await();
                reports.addAll(crashed.report().files());
            }
            assertThat(reports).hasSize(4);
            assertThat(reports.subList(0, 2)).noneMatch(Files::exists);
            assertThat(reports.subList(2, 4)).allMatch(Files::exists);
            assertThat(strange).hasContent("not yours");
        }
    }

    @Test
    void an_orderly_end_leaves_nothing(@TempDir Path folder) throws Exception {
        try (var pool = open(2, c -> c.reports(folder))) {
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
        assertThat(names(folder)).isEmpty();
    }
}
