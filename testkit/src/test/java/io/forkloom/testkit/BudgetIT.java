package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.ProcessPool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many workers there are and how much heap they may have, if the machine is asked. */
class BudgetIT extends FaultCase {

    /** Tells how many workers a pool has if nobody says. */
    static final class Default {
        public static void main(String[] words) throws InterruptedException {
            try (var pool = ProcessPool.open()) {
                System.out.println(pool.workers() + " workers, " + pool.call(Work::square, 3));
            }
        }
    }

    @Test
    void a_pool_has_as_many_workers_as_its_program_has_processors_and_says_nothing_about_memory() throws Exception {
        for (int processors : new int[] {1, 3}) {
            assertThat(Programs.outputOf(Default.class, Map.of(), List.of("-XX:ActiveProcessorCount=" + processors)))
                    .containsExactly(processors + " workers, 9");
        }
    }

    @Test
    void heaps_that_no_machine_has_are_refused_before_anything_is_started() {
        assertThatThrownBy(() -> open(2, c -> c.heap("4000g").spares(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("for each of 3 workers")
                .hasMessageContaining("jvmOptions");
        assertThat(Leaks.workerProcesses()).isEmpty();
    }
}
