package io.forkloom.pipeline;

import static io.forkloom.pipeline.PipelineTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import io.forkloom.TaskCrashedException;
import io.forkloom.async.TaskGroup;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups and pipelines over real worker JVMs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineIT {
    @Test
    void an_item_that_crashes_its_worker_is_a_dead_letter_and_the_others_are_done() throws Exception {
        var letters = new ArrayList<DeadLetter>();
        Queue<Integer> stored = new ConcurrentLinkedQueue<>();
        try (var pool = ProcessPool.open(c -> c.workers(2))) {
            var account = Pipeline.from(numbers(200))
                    .cpu("square", pool, PipelineIT::squareUnlessPoison)
                    .onError(OnError.deadLetter(letters::add))
                    .sink("store", 4, stored::add)
                    .run();
            assertThat(account.dead()).isEqualTo(1);
            assertThat(account.done()).isEqualTo(199);
        }
        assertThat(stored).hasSize(199).doesNotHaveDuplicates();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.item()).isEqualTo(77);
            assertThat(letter.error()).isInstanceOf(TaskCrashedException.class);
        });
    }

    @Test
    void the_cancel_of_a_group_ends_a_task_that_ignores_interrupts() throws Exception {
        try (var pool = ProcessPool.open(c -> c.workers(1))) {
            try (var group = TaskGroup.open()) {
                group.forkAction(() -> pool.call(PipelineIT::spinForEver, 0));
                group.forkAction(() -> {
                    while (pool.stats().running() == 0) {
                        Thread.onSpinWait();
                    }
                    group.cancel("enough");
                });
                group.join();
            }
            assertThat(pool.stats().running()).isZero();
            assertThat(pool.stats().cancelled()).isEqualTo(1);
        }
    }

    private static int squareUnlessPoison(int number) {
        if (number == 77) {
            Runtime.getRuntime().halt(3);
        }
        return number * number;
    }

    private static int spinForEver(int state) {
        var next = state;
        while (next >= 0) {
            next = (next + 1) & Integer.MAX_VALUE;
        }
        return next;
    }
}
