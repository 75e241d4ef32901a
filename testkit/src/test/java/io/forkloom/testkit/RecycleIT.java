package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.TaskHandle;
import io.forkloom.TaskPool;
import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import io.forkloom.event.PoolEvent.WorkerStarted;
import io.forkloom.event.WorkerId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Workers that are followed by fresh ones after so many tasks, and what can go wrong meanwhile. */
class RecycleIT extends FaultCase {

    /** Runs tasks, one after the other, until so many workers have ended. */
    private static List<WorkerEnded> workUntilEnded(TaskPool pool, EventProbe probe, int workers)
            throws InterruptedException {
        for (int i = 0; probe.events(WorkerEnded.class).size() < workers; i++) {
            assertThat(pool.call(Work::square, i % 1000)).isEqualTo(i % 1000 * (i % 1000));
        }
        return probe.events(WorkerEnded.class);
    }

    @Test
    void a_worker_is_followed_by_a_fresh_one_after_its_tasks_and_its_end_is_no_failure() throws Exception {
        try (var pool = open(1, c -> c.recycleAfter(20).restarts(0, Duration.ofMinutes(1)));
                var probe = new EventProbe(pool)) {
            for (var ended : workUntilEnded(pool, probe, 3)) {
                assertThat(ended.exit().reason().orElseThrow()).matches("recycled after [0-9,]+ tasks");
                assertThat(ended.exit().announced()).isTrue();
            }
            var stats = pool.stats();
            assertThat(stats.completed()).isEqualTo(stats.submitted()).isGreaterThanOrEqualTo(3 * 20);
            assertThat(stats.ready()).isEqualTo(1);
        }
    }

    static void passOnce(Gate.Door door) throws IOException {
        door.pass("initialiser");
    }

    @Test
    void the_old_worker_serves_until_the_new_one_is_ready() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            try (var pool = open(1, c -> c.recycleAfter(8).initializer(() -> passOnce(door)));
                    var probe = new EventProbe(pool)) {
                gate.arrivals(1).getFirst().release();
                for (int i = 0; i < 100; i++) {
                    assertThat(pool.submit(Work::square, i).await().task().worker())
                            .contains(new WorkerId(0, 1));
                }
                gate.arrivals(2).getLast().release();
                var ended = workUntilEnded(pool, probe, 1).getFirst();
                assertThat(ended.exit().worker()).isEqualTo(new WorkerId(0, 1));
                assertThat(pool.submit(Work::square, 3).await().task().worker()).contains(new WorkerId(1, 1));
                gate.open();
            }
        }
    }

    @Test
    void while_a_worker_finishes_its_last_task_its_successor_waits() throws Exception {
        try (var starts = Gate.shut();
                var gate = Gate.shut()) {
            var door = starts.door();
            try (var pool = open(1, c -> c.recycleAfter(1).initializer(() -> passOnce(door)))) {
                starts.arrivals(1).getFirst().release();
                pool.call(Work::square, 3);
                var last = pool.submit(Gate.Door::pass, gate.door());
                var next = pool.submit(Gate.Door::pass, gate.door());
                gate.arrivals(1);
                starts.arrivals(2).getLast().release();
                awaitSpares(pool, 1);
                assertThat(pool.stats().waiting()).isEqualTo(1);
                assertThat(pool.stats().ready()).isEqualTo(1);
                gate.arrivals(1).getFirst().release();
                gate.arrivals(2).getLast().release();
                assertThat(last.join()).isEqualTo("somebody");
                assertThat(next.join()).isEqualTo("somebody");
                assertThat(last.await().task().worker()).contains(new WorkerId(0, 1));
                assertThat(next.await().task().worker()).contains(new WorkerId(1, 1));
                starts.open();
            }
        }
    }

    /** From now on the shutdown of the worker waits at the door. */
    private static Gate.Arrival retiring(TaskPool pool, Gate gate) throws InterruptedException {
        assertThat(pool.call(Faults::hangInShutdownHook, gate.door())).isEqualTo("installed");
        for (int i = 0; gate.arrived() == 0; i++) {
            pool.call(Work::square, i % 1000);
        }
        return gate.arrivals(1).getFirst();
    }

    @Test
    void a_worker_killed_while_it_retires_costs_nothing() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(
                        1, c -> c.recycleAfter(1).grace(Duration.ofMinutes(1)).restarts(0, Duration.ofMinutes(1)));
                var probe = new EventProbe(pool)) {
            long pid = retiring(pool, gate).pid();
            var started = pool.stats().started();
            for (int i = 0; i < 100; i++) {
                pool.call(Work::square, i);
            }
            assertThat(pool.stats().started())
                    .as("nobody follows before there is room")
                    .isEqualTo(started);
            signal("KILL", pid);
            var exit = probe.await(WorkerEnded.class, 1).getFirst().exit();
            assertThat(exit.pid()).isEqualTo(pid);
            assertThat(exit.code()).isEqualTo(137);
            assertThat(exit.reason().orElseThrow()).startsWith("recycled after");
            workUntilEnded(pool, probe, 2);
            assertThat(pool.stats().completed()).isEqualTo(pool.stats().submitted());
        }
    }

    @Test
    void a_worker_whose_shutdown_hangs_is_killed_at_the_end_of_the_grace() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.recycleAfter(1).grace(Duration.ofMillis(200)));
                var probe = new EventProbe(pool)) {
            retiring(pool, gate).awaitGone();
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().code())
                    .isEqualTo(137);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_successor_killed_in_its_start_costs_nothing_and_another_one_is_started() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            try (var pool = open(1, c -> c.recycleAfter(1).initializer(() -> passOnce(door)));
                    var probe = new EventProbe(pool)) {
                gate.arrivals(1).getFirst().release();
                pool.call(Work::square, 3);
                signal("KILL", gate.arrivals(2).getLast().pid());
                probe.await(WorkerEnded.class, 1);
                for (int i = 0; i < 20; i++) {
                    assertThat(pool.submit(Work::square, i).await().task().worker())
                            .contains(new WorkerId(0, 1));
                }
                gate.arrivals(3).getLast().release();
                var ended = workUntilEnded(pool, probe, 2).getLast();
                assertThat(ended.exit().worker()).isEqualTo(new WorkerId(0, 1));
                gate.open();
            }
        }
    }

    @Test
    void a_worker_killed_at_its_last_task_costs_that_task_and_its_successor_takes_over() throws Exception {
        try (var starts = Gate.shut();
                var gate = Gate.shut()) {
            var door = starts.door();
            try (var pool = open(1, c -> c.recycleAfter(1).initializer(() -> passOnce(door)))) {
                starts.arrivals(1).getFirst().release();
                pool.call(Work::square, 3);
                var hit = pool.submit(Gate.Door::pass, gate.door());
                var behind = pool.submit(Work::square, 4);
                var arrival = gate.arrivals(1).getFirst();
                starts.arrivals(2).getLast().release();
                awaitSpares(pool, 1);
                signal("KILL", arrival.pid());
                assertThat(hit.await()).isInstanceOf(Outcome.Crashed.class);
                assertThat(behind.join()).isEqualTo(16);
                assertThat(behind.await().task().worker()).contains(new WorkerId(1, 1));
                starts.open();
            }
        }
    }

    @Test
    void closed_while_a_successor_starts_a_pool_finishes_what_it_has_and_leaves_nothing() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            var pool = open(1, c -> c.recycleAfter(1).initializer(() -> passOnce(door)));
            gate.arrivals(1).getFirst().release();
            pool.call(Work::square, 3);
            gate.arrivals(2);
            var handle = pool.submit(Work::square, 4);
            pool.close();
            assertThat(handle.poll().orElseThrow()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    void closed_while_a_worker_retires_a_pool_waits_for_it_no_longer_than_for_others() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1, c -> c.recycleAfter(1).grace(Duration.ofSeconds(1)));
            try (var probe = new EventProbe(pool)) {
                var retiring = retiring(pool, gate);
                pool.close();
                retiring.awaitGone();
                int started = (int) pool.stats().started();
                assertThat(probe.await(WorkerEnded.class, started)).hasSize(started);
            }
        }
    }

    @Test
    void nobody_retires_while_a_pool_is_closed() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1, c -> c.recycleAfter(10));
            try (var probe = new EventProbe(pool)) {
                var first = pool.submit(Gate.Door::pass, gate.door());
                var others = new ArrayList<TaskHandle<Integer>>();
                for (int i = 0; i < 100; i++) {
                    others.add(pool.submit(Work::square, i));
                }
                gate.arrivals(1);
                var closing = new Trial(() -> {
                    pool.close();
                    return "closed";
                });
                closing.awaitParked();
                gate.open();
                assertThat(closing.thrown()).isNull();
                assertThat(first.poll().orElseThrow()).isInstanceOf(Outcome.Completed.class);
                assertThat(others).allMatch(handle -> handle.poll().orElseThrow() instanceof Outcome.Completed);
                assertThat(pool.stats().started()).isEqualTo(1);
                assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().reason())
                        .contains("the pool was closed");
            }
        }
    }

    @Test
    void thousands_of_tasks_on_workers_that_come_and_go_are_accounted_for_and_nothing_piles_up() throws Exception {
        try (var pool = open(2, c -> c.recycleAfter(10));
                var probe = new EventProbe(pool)) {
            probe.await(WorkerReady.class, 2);
            int descriptors = Leaks.descriptors();
            var handles = new ArrayList<TaskHandle<Integer>>();
            while (probe.events(WorkerEnded.class).size() < 8 || handles.size() < 4_000) {
                handles.add(pool.submit(Work::failAtSeven, handles.size() % 10));
                if (handles.size() % 50 == 0) {
                    handles.getLast().await();
                }
            }
            for (int i = 0; i < handles.size(); i++) {
                var outcome = handles.get(i).await();
                assertThat(outcome).isInstanceOf(i % 10 == 7 ? Outcome.Failed.class : Outcome.Completed.class);
            }
            var stats = pool.stats();
            assertThat(stats.submitted()).isEqualTo(handles.size());
            assertThat(stats.failed()).isEqualTo(handles.size() / 10 + (handles.size() % 10 > 7 ? 1 : 0));
            assertThat(stats.completed()).isEqualTo(handles.size() - stats.failed());
            assertThat(mostAtOnce(probe.events())).isEqualTo(3);
            assertThat(Leaks.descriptors()).isLessThan(descriptors + 30); // one more worker has about ten
        }
    }

    /** How many workers there were at once, at the most; the probe may have missed the first two starts. */
    private static int mostAtOnce(List<PoolEvent> events) {
        Set<WorkerId> there = new HashSet<>(List.of(new WorkerId(0, 1), new WorkerId(1, 1)));
        int most = 0;
        for (var event : events) {
            if (event instanceof WorkerStarted(var worker, var _)) {
                there.add(worker);
            } else if (event instanceof WorkerEnded ended) {
                there.remove(ended.exit().worker());
            }
            most = Math.max(most, there.size());
        }
        return most;
    }

    private static byte @Nullable [] kept;

    /** Keeps so many megabytes. */
    static String keep(int megabytes) {
        kept = new byte[megabytes << 20];
        Arrays.fill(kept, (byte) 1);
        return "kept " + kept.length;
    }

    @Test
    void a_worker_that_has_grown_too_large_is_followed_by_a_fresh_one() throws Exception {
        try (var pool = open(1, c -> c.heap("256m").recycleAbove("160m").restarts(0, Duration.ofMinutes(1)));
                var probe = new EventProbe(pool)) {
            pool.call(Work::square, 3);
            assertThat(pool.stats().started()).isEqualTo(1);
            pool.call(RecycleIT::keep, 140);
            var exit = workUntilEnded(pool, probe, 1).getFirst().exit();
            assertThat(exit.reason().orElseThrow())
                    .matches("recycled with [1-9]\\d\\d MiB of memory after [0-9,]+ tasks");
            for (int i = 0; i < 20; i++) {
                pool.call(Work::square, i);
            }
            assertThat(pool.stats().started()).as("a fresh one is small").isEqualTo(2);
        }
    }

    @Test
    void a_limit_below_what_any_worker_needs_does_not_make_an_endless_loop() throws Exception {
        try (var pool = open(1, c -> c.recycleAbove("1m"));
                var probe = new EventProbe(pool)) {
            var from = Instant.now();
            workUntilEnded(pool, probe, 3);
            // The third had to serve for a second, the fourth has to serve for two.
            assertThat(Duration.between(from, Instant.now())).isGreaterThan(Duration.ofSeconds(1));
            assertThat(pool.stats().completed()).isEqualTo(pool.stats().submitted());
        }
    }
}
