package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Crashed;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail when others have not. */
class RestartIT extends FaultCase {

    /** Notes each start in the folder; the third one fails. */
    static void failAtTheThird(Path folder) throws IOException {
        for (int i = 1; ; i++) {
            var mark = folder.resolve(Integer.toString(i));
            if (!Files.exists(mark)) {
                Files.createFile(mark);
                if (i == 3) {
                    throw new IllegalStateException("the third start fails");
                }
                return;
            }
        }
    }

    @Test
    void when_the_third_start_fails_a_fourth_succeeds_and_no_task_is_lost(@TempDir Path folder) throws Exception {
        String marks = folder.toString();
        try (var pool = open(1, c -> c.initializer(() -> failAtTheThird(Path.of(marks))));
                var probe = new EventProbe(pool)) {
            var first = pool.submit(Faults::halt, 1);
            var second = pool.submit(Faults::halt, 2);
            var behind = pool.submit(Work::square, 3);
            assertThat(first.await()).isInstanceOf(Crashed.class);
            assertThat(second.await()).isInstanceOf(Crashed.class);
            assertThat(behind.join()).isEqualTo(9);
            assertThat(behind.await().task().worker().orElseThrow().generation())
                    .isEqualTo(4);
            assertThat(probe.await(WorkerEnded.class, 3)).hasSize(3);
            assertThat(probe.events(WorkerReady.class)).hasSize(3);
            assertThat(pool.stats().started()).isEqualTo(4);
        }
    }
}
