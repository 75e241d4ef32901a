package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import io.forkloom.event.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pools with as many workers as there is work for. */
class ElasticIT extends FaultCase {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofDays(1000);

    private static List<TaskHandle<String>> atTheDoor(ProcessPool pool, Gate gate, int tasks) throws Exception {
        var handles = new ArrayList<TaskHandle<String>>();
        for (int i = 0; i < tasks; i++) {
            handles.add(pool.submit(Gate.Door::pass, gate.door()));
        }
        return handles;
    }

    @Test
    void a_pool_grows_while_tasks_wait_and_not_beyond_its_most() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.workers(1, 3).idleShrink(NEVER))) {
            assertThat(pool.workers()).isEqualTo(3);
            assertThat(pool.stats().workers()).isEqualTo(1);
            var handles = atTheDoor(pool, gate, 4);
            gate.arrivals(3);
            var stats = pool.stats();
            assertThat(stats.workers()).isEqualTo(3);
            assertThat(stats.ready()).isEqualTo(3);
            assertThat(stats.waiting()).isEqualTo(1);
            assertThat(stats.started()).isEqualTo(3);
            gate.open();
            for (var handle : handles) {
                assertThat(handle.join()).isEqualTo("somebody");
            }
        }
    }

    @Test
    void a_pool_whose_tasks_need_not_wait_does_not_grow() throws Exception {
        try (var pool = open(1, c -> c.workers(1, 3))) {
            for (int i = 0; i < 100; i++) {
                assertThat(pool.call(Work::square, i)).isEqualTo(i * i);
            }
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void the_next_worker_is_not_started_before_the_last_one_is_ready() throws Exception {
        try (var starts = Gate.shut();
                var gate = Gate.shut()) {
            var door = starts.door();
            try (var pool = open(1, c -> c.workers(1, 3).initializer(() -> door.pass("start")))) {
                var handles = atTheDoor(pool, gate, 4);
                starts.arrivals(1).getFirst().release();
                starts.arrivals(2);
                assertThat(pool.stats().started()).isEqualTo(2);
                starts.open();
                gate.arrivals(3);
                gate.open();
                for (var handle : handles) {
                    assertThat(handle.join()).isEqualTo("somebody");
                }
            }
        }
    }

    @Test
    void workers_that_have_nothing_to_do_end_until_the_least_are_left() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.workers(1, 3).idleShrink(SOON).restarts(0, Duration.ofMinutes(1)));
                var probe = new EventProbe(pool)) {
            var handles = atTheDoor(pool, gate, 3);
            gate.arrivals(3);
            gate.open();
            for (var handle : handles) {
                handle.join();
            }
            for (var ended : probe.await(WorkerEnded.class, 2)) {
                assertThat(ended.exit().reason()).contains("it had nothing to do for 300 ms");
                assertThat(ended.exit().announced()).isTrue();
            }
            assertThat(pool.stats().workers()).isEqualTo(1);
            assertThat(pool.stats().ready()).isEqualTo(1);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(3);
        }
    }

    @Test
    void who_has_something_to_do_stays_and_the_pool_grows_again() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.workers(1, 2).idleShrink(SOON));
                var probe = new EventProbe(pool)) {
            var handles = atTheDoor(pool, gate, 2);
            var arrivals = gate.arrivals(2);
            arrivals.getLast().release();
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().pid())
                    .isEqualTo(arrivals.getLast().pid());
            handles.add(pool.submit(Gate.Door::pass, gate.door()));
            gate.arrivals(3);
            assertThat(pool.stats().workers()).isEqualTo(2);
            gate.open();
            for (var handle : handles) {
                assertThat(handle.join()).isEqualTo("somebody");
            }
        }
    }

    @Test
    void a_worker_that_dies_in_a_pool_that_has_grown_is_replaced() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.workers(1, 2).idleShrink(NEVER));
                var probe = new EventProbe(pool)) {
            var handles = atTheDoor(pool, gate, 2);
            signal("KILL", gate.arrivals(2).getLast().pid());
            probe.await(WorkerReady.class, 3, event -> true);
            assertThat(pool.stats().workers()).isEqualTo(2);
            gate.open();
            for (var handle : handles) {
                handle.await();
            }
            assertThat(pool.stats().crashed()).isEqualTo(1);
            assertThat(probe.events(WorkerReady.class).getLast().worker().generation())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_pool_grows_into_a_spare_at_once() throws Exception {
        try (var starts = Gate.shut();
                var gate = Gate.shut()) {
            var door = starts.door();
            try (var pool =
                    open(1, c -> c.workers(1, 2).spares(1).idleShrink(NEVER).initializer(() -> door.pass("start")))) {
                starts.arrivals(2).forEach(Gate.Arrival::release);
                awaitSpares(pool, 1);
                var handles = atTheDoor(pool, gate, 2);
                gate.arrivals(2);
                starts.arrivals(3).getLast().release();
                awaitSpares(pool, 1);
                assertThat(pool.stats().ready()).isEqualTo(2);
                gate.open();
                for (var handle : handles) {
                    assertThat(handle.await().task().worker().orElseThrow())
                            .isIn(new WorkerId(0, 1), new WorkerId(1, 1));
                }
            }
        }
    }
}
