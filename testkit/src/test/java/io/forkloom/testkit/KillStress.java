package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.ProcessPoolConfig;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.TaskEnded;
import io.forkloom.event.PoolEvent.WorkerEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers die at random moments under load; the account must be exact. {@code JAVA_TOOL_OPTIONS=-Dforkloom.kills=200} for more. */
@Timeout(120)
class KillStress extends FaultCase {
    private static final int KILLS = Integer.getInteger("forkloom.kills", 40);

    static int spin(int rounds) {
        int sum = 0;
        for (int i = 0; i < rounds; i++) {
            sum += Integer.hashCode(i) ^ sum;
        }
        return sum;
    }

    @Test
    void every_task_ends_once_while_workers_are_killed_at_random() throws Exception {
        killAtRandom(KILLS, c -> {});
    }

    @Test
    void every_task_ends_once_while_workers_come_and_go_and_are_killed_at_random() throws Exception {
        killAtRandom(KILLS / 2, c -> c.workers(1, 2).spares(1).recycleAfter(40).idleShrink(Duration.ofMillis(1)));
    }

    private static void killAtRandom(int enough, Consumer<ProcessPoolConfig> setting) throws Exception {
        long seed = Long.getLong("forkloom.seed", System.nanoTime());
        var dice = new Random(seed);
        var handles = new ArrayList<TaskHandle<Integer>>();
        try (var pool = open(2, c -> setting.accept(c.queue(64, "64m")));
                var probe = new EventProbe(pool)) {
            var killer = new Trial(() -> {
                for (int kills = 0; kills < enough; ) {
                    // Mostly in the midst of work; now and then the worker that has only just been started.
                    int more = dice.nextInt(4) == 0 ? 0 : dice.nextInt(60);
                    probe.await(TaskEnded.class, probe.events(TaskEnded.class).size() + more);
                    var workers = new ArrayList<>(Leaks.workerProcesses());
                    if (!workers.isEmpty()) {
                        ProcessHandle.of(workers.get(dice.nextInt(workers.size())))
                                .ifPresent(ProcessHandle::destroyForcibly);
                        kills = probe.await(WorkerEnded.class, kills + 1).size();
                    }
                }
                return enough;
            });
            while (!killer.isOver()) {
                handles.add(pool.submit(KillStress::spin, dice.nextInt(2_000_000)));
            }
            assertThat(killer.thrown()).isNull();
            var counts = new HashMap<String, Long>();
            for (var handle : handles) {
                Outcome<Integer> outcome = handle.await();
                counts.merge(outcome.getClass().getSimpleName(), 1L, Long::sum);
            }
            var stats = pool.stats();
            assertThat(stats.submitted()).isEqualTo(handles.size());
            assertThat(stats.completed()).isEqualTo(counts.getOrDefault("Completed", 0L));
            assertThat(stats.crashed()).isEqualTo(counts.getOrDefault("Crashed", 0L));
            assertThat(stats.completed() + stats.crashed())
                    .as("seed %s: %s", seed, counts)
                    .isEqualTo(handles.size());
            assertThat(stats.crashed())
                    .isLessThanOrEqualTo(probe.events(WorkerEnded.class).size());
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }
}
