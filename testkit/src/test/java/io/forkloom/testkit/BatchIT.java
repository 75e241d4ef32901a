package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tiny calls and their answers cross by the dozen; each task still has an end of its own. */
class BatchIT extends FaultCase {
    private static final int HALT = -1;
    private static final int PASS = -2;
    private static final int INTERRUPT = -3;

    /** All of one function, as many of which are given ahead as tiny ones may be. */
    static int step(int number, String door) throws Exception {
        if (number == HALT) {
            Runtime.getRuntime().halt(9);
        } else if (number == PASS) {
            new Gate.Door(door).pass("a step");
        } else if (number == INTERRUPT) {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !thread.equals(Thread.currentThread()))
                    .forEach(Thread::interrupt);
        }
        return number;
    }

    /** In one place, so that it is one function. */
    private static TaskHandle<Integer> submit(ProcessPool pool, int number, String door) throws InterruptedException {
        return pool.submit(BatchIT::step, number, door);
    }

    private static List<TaskHandle<Integer>> steps(ProcessPool pool, int count) throws InterruptedException {
        var handles = new ArrayList<TaskHandle<Integer>>();
        for (int i = 0; i < count; i++) {
            handles.add(submit(pool, i, ""));
        }
        return handles;
    }

    @Test
    void a_crash_costs_none_of_those_that_were_over_before_it_and_none_behind() throws Exception {
        int crashes = 10;
        try (var pool = open(1, c -> c.queue(10_000, "64m"))) {
            for (int i = 0; i < crashes; i++) {
                var before = steps(pool, 2_000 + i);
                var hit = submit(pool, HALT, "");
                var behind = steps(pool, 100);
                assertThat(hit.await()).isInstanceOf(Crashed.class);
                assertCompleted(before);
                assertCompleted(behind);
            }
            assertThat(pool.stats().crashed()).isEqualTo(crashes);
            assertThat(pool.stats().started()).isEqualTo(crashes + 1);
        }
    }

    @Test
    void an_answer_does_not_wait_for_a_long_call_behind_it() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.queue(10_000, "64m"))) {
            var before = steps(pool, 2_000);
            var held = submit(pool, PASS, gate.door().socket());
            var behind = steps(pool, 100);
            gate.arrivals(1);
            assertCompleted(before);
            gate.open();
            assertThat(held.join()).isEqualTo(PASS);
            assertCompleted(behind);
        }
    }

    @Test
    void a_task_that_interrupts_every_other_thread_costs_nothing() throws Exception {
        try (var pool = open(1, c -> c.queue(10_000, "64m"))) {
            for (int i = 0; i < 10; i++) {
                var before = steps(pool, 2_000);
                var interrupts = submit(pool, INTERRUPT, "");
                assertCompleted(steps(pool, 2_000));
                assertCompleted(before);
                assertThat(interrupts.join()).isEqualTo(INTERRUPT);
            }
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    private static void assertCompleted(List<TaskHandle<Integer>> steps) throws InterruptedException {
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).await())
                    .isInstanceOfSatisfying(
                            Completed.class, done -> assertThat(done.value()).isNotNull());
            assertThat(steps.get(i).join()).isEqualTo(i);
        }
    }
}
