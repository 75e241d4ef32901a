package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.TaskContext;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerPrinted;
import io.forkloom.event.PoolEvent.WorkerReady;
import io.forkloom.event.PoolEvent.WorkerStarted;
import io.forkloom.event.WorkerId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workers that stand by for those that serve. In most of these tests those that are started later never get ready. */
class SparesIT extends FaultCase {
    private static final WorkerId FIRST = new WorkerId(0, 1);
    private static final WorkerId SECOND = new WorkerId(1, 1);

    @Test
    void a_spare_is_ready_and_runs_nothing_while_nobody_is_missing() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.spares(1))) {
            awaitSpares(pool, 1);
            assertThat(pool.stats().ready()).isEqualTo(1);
            var running = pool.submit(Gate.Door::pass, gate.door());
            var waiting = pool.submit(Work::square, 3);
            gate.arrivals(1);
            assertThat(pool.stats().waiting()).isEqualTo(1);
            assertThat(pool.workers()).isEqualTo(1);
            gate.open();
            assertThat(running.join()).isEqualTo("somebody");
            assertThat(waiting.await().task().worker())
                    .isEqualTo(running.await().task().worker());
        }
    }

    @Test
    void when_a_worker_is_killed_at_its_task_a_spare_takes_over_before_a_new_one_has_started() throws Exception {
        try (var starts = Gate.shut();
                var gate = Gate.shut()) {
            var door = starts.door();
            try (var pool = open(1, c -> c.spares(1).initializer(() -> door.pass("start")))) {
                starts.arrivals(2).forEach(Gate.Arrival::release);
                awaitSpares(pool, 1);
                var hit = pool.submit(Gate.Door::pass, gate.door());
                var behind = pool.submit(Work::square, 3);
                signal("KILL", gate.arrivals(1).getFirst().pid());
                assertThat(hit.await()).isInstanceOf(Outcome.Crashed.class);
                assertThat(behind.join()).isEqualTo(9);
                var from = hit.await().task().worker().orElseThrow();
                assertThat(behind.await().task().worker()).contains(from.equals(FIRST) ? SECOND : FIRST);
                starts.arrivals(3).getLast().release();
                awaitSpares(pool, 1);
                assertThat(pool.stats().ready()).isEqualTo(1);
                assertThat(pool.stats().started()).isEqualTo(3);
            }
        }
    }

    @Test
    void when_a_worker_is_killed_by_the_pool_a_spare_takes_over_before_a_new_one_has_started() throws Exception {
        try (var starts = Gate.shut();
                var gate = Gate.shut()) {
            var door = starts.door();
            try (var pool = open(1, c -> c.spares(1).initializer(() -> door.pass("start")))) {
                starts.arrivals(2).forEach(Gate.Arrival::release);
                awaitSpares(pool, 1);
                var hit = pool.submit(Faults::ignoreInterrupts, gate.door());
                var behind = pool.submit(Work::square, 3);
                gate.arrivals(1);
                hit.cancel("it is deaf");
                assertThat(behind.join()).isEqualTo(9);
                assertThat(hit.await()).isInstanceOf(Outcome.Cancelled.class);
                starts.open();
            }
        }
    }

    @Test
    void a_spare_that_is_killed_costs_nothing_and_is_replaced() throws Exception {
        try (var pool = open(1, c -> c.spares(1));
                var probe = new EventProbe(pool)) {
            awaitSpares(pool, 1);
            // Whoever came first serves.
            var spare = probe.await(WorkerReady.class, 2).getLast();
            signal("KILL", spare.pid());
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().worker())
                    .isEqualTo(spare.worker());
            var next = probe.await(WorkerReady.class, 3).getLast();
            assertThat(next.worker()).isEqualTo(new WorkerId(spare.worker().slot(), 2));
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    /** Begun by whoever uses it first. */
    static final class Late {
        private static final String BEGUN_BY = TaskContext.current().label(); // fails where no task runs

        private Late() {}

        static String use(int round) {
            return BEGUN_BY + " " + round;
        }
    }

    @Test
    void a_spare_has_linked_what_its_pool_runs_and_has_run_nothing_of_it() throws Exception {
        try (var pool = open(1, c -> c.spares(1).jvmOptions("-Xlog:class+load"));
                var probe = new EventProbe(pool)) {
            awaitSpares(pool, 1);
            var first = pool.submit(Late::use, 1);
            assertThat(first.join()).isEqualTo("Late::use 1");
            var serves = first.await().task().worker().orElseThrow();
            var spare = serves.equals(FIRST) ? SECOND : FIRST;
            probe.await(
                    WorkerPrinted.class,
                    1,
                    said -> said.worker().equals(spare) && said.line().contains("SparesIT$Late source:"));
            var ready = probe.await(WorkerReady.class, 1, each -> each.worker().equals(serves));
            signal("KILL", ready.getFirst().pid());
            probe.await(WorkerEnded.class, 1);
            var second = pool.submit(Late::use, 2);
            assertThat(second.join()).isEqualTo("Late::use 2");
            assertThat(second.await().task().worker()).contains(spare);
        }
    }

    @Test
    void a_recycled_worker_is_succeeded_by_a_spare_and_no_further_process_is_needed() throws Exception {
        try (var pool = open(1, c -> c.spares(1).recycleAfter(10));
                var probe = new EventProbe(pool)) {
            probe.await(WorkerReady.class, 2);
            while (probe.events(WorkerEnded.class).size() < 3) {
                pool.call(Work::square, 3);
            }
            assertThat(probe.events(WorkerStarted.class))
                    .as("two places, and who retires sits in one of them")
                    .allMatch(event -> event.worker().slot() < 2);
        }
    }

    @Test
    void closed_while_spares_start_a_pool_leaves_nothing() throws Exception {
        try (var starts = Gate.shut()) {
            var door = starts.door();
            try (var pool = open(1, c -> c.spares(2).grace(Duration.ZERO).initializer(() -> door.pass("start")))) {
                starts.arrivals(3).getFirst().release();
                assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            }
        }
    }
}
