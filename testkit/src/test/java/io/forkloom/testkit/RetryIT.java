package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.Retry;
import io.forkloom.TaskCrashedException;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.TaskRetried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that are started again when they have cost their worker. */
class RetryIT extends FaultCase {
    private static int starts(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }

    /** Crashes until it was started as often. */
    static int crashUntil(String file, int start) throws IOException {
        Files.writeString(Path.of(file), "started\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (starts(Path.of(file)) < start) {
            Runtime.getRuntime().halt(7);
        }
        return start;
    }

    static String fillUntil(String file, int start) throws IOException {
        Files.writeString(Path.of(file), "started\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return starts(Path.of(file)) < start ? Faults.heapOutOfMemory(1 << 20) : "fits";
    }

    @Test
    void a_task_that_may_is_started_again_until_it_succeeds_and_all_is_told(@TempDir Path folder) throws Exception {
        String file = folder.resolve("starts").toString();
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var view = pool.with(TaskOptions.retry(Retry.onCrash(5)));
            var outcome = (Completed<Integer>)
                    view.submit(RetryIT::crashUntil, file, 3).await();
            assertThat(outcome.value()).isEqualTo(3);
            assertThat(outcome.task().earlier()).extracting(exit -> exit.code()).containsExactly(7, 7);
            assertThat(probe.await(TaskRetried.class, 2))
                    .extracting(TaskRetried::attempt)
                    .containsExactly(1, 2);
            assertThat(pool.stats().completed()).isEqualTo(1);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void a_poison_task_ends_after_its_last_attempt_with_all_of_them_listed(@TempDir Path folder) throws Exception {
        String file = folder.resolve("starts").toString();
        try (var pool = open(2)) {
            var view = pool.with(TaskOptions.retry(Retry.onCrash(3)));
            var poison = view.submit(RetryIT::crashUntil, file, 100);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            var outcome = (Crashed<Integer>) poison.await();
            assertThat(outcome.task().earlier()).hasSize(2);
            assertThatThrownBy(poison::join)
                    .isInstanceOf(TaskCrashedException.class)
                    .hasMessageContaining("attempt 3")
                    .hasMessageContaining(outcome.task().earlier().get(0).toString())
                    .hasMessageContaining(outcome.task().earlier().get(1).toString());
            assertThat(starts(Path.of(file))).isEqualTo(3);
        }
    }

    @Test
    void out_of_memory_is_a_reason_of_its_own(@TempDir Path folder) throws Exception {
        String crashing = folder.resolve("crashing").toString();
        String filling = folder.resolve("filling").toString();
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.retry(Retry.onOutOfMemory(2)));
            assertThat(view.submit(RetryIT::crashUntil, crashing, 2).await()).isInstanceOf(Crashed.class);
            assertThat(view.call(RetryIT::fillUntil, filling, 2)).isEqualTo("fits");
            assertThat(pool.submit(RetryIT::fillUntil, filling, 4).await()).isInstanceOf(OutOfMemory.class);
        }
    }

    @Test
    void what_was_started_and_waits_again_when_the_pool_closes_has_crashed(@TempDir Path folder) throws Exception {
        String file = folder.resolve("starts").toString();
        try (var gate = Gate.shut()) {
            var pool = open(1, c -> c.drain(Duration.ZERO));
            try (pool;
                    var probe = new EventProbe(pool)) {
                var view = pool.with(TaskOptions.retry(Retry.onCrash(3)));
                var poison = view.submit(RetryIT::crashUntil, file, 100);
                var blocker = pool.submit(Gate.Door::pass, gate.door()); // has its turn before the second attempt
                probe.await(TaskRetried.class, 1);
                gate.arrivals(1);
                pool.close();
                assertThat(blocker.poll()).isPresent();
                var outcome = poison.poll().orElseThrow();
                assertThat(outcome).isInstanceOf(Crashed.class);
                assertThat(starts(Path.of(file))).isEqualTo(1);
            }
        }
    }
}
