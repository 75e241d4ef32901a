package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are killed or stopped from outside, at every point of their life. */
class KillIT extends FaultCase {

    @Test
    void a_worker_killed_while_idle_costs_nothing_and_is_replaced() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            signal("KILL", probe.await(WorkerReady.class, 1).getFirst().pid());
            var ended = probe.await(WorkerEnded.class, 1).getFirst();
            assertThat(ended.exit().signal()).contains("SIGKILL");
            assertThat(ended.exit().reason()).isEmpty();
            probe.await(WorkerReady.class, 2);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void a_task_on_a_killed_worker_ends_as_Crashed_and_the_pool_is_full_again() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1);
                var probe = new EventProbe(pool)) {
            var hit = pool.submit(Gate.Door::pass, gate.door());
            var behind = pool.submit(Work::square, 3);
            signal("KILL", gate.arrivals(1).getFirst().pid());
            var crashed = (Crashed<?>) hit.await();
            assertThat(crashed.exit().signal()).contains("SIGKILL");
            assertThat(crashed.exit().worker())
                    .isEqualTo(crashed.task().worker().orElseThrow());
            assertThat(behind.join()).isEqualTo(9);
            assertThat(probe.await(WorkerReady.class, 2).getLast().worker().generation())
                    .isEqualTo(2);
        }
    }

    /** Stops in the middle of being read. */
    record Slow(Gate.Door door) implements Serializable {
        private static final class Brake implements Serializable {
            private static final long serialVersionUID = 1;
            private final Gate.Door door;

            Brake(Gate.Door door) {
                this.door = door;
            }

            private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
                in.defaultReadObject();
                door.pass("reading");
            }
        }

        Object written() {
            return new Object[] {new Brake(door), new byte[1 << 20]};
        }
    }

    static String take(Object argument) {
        return argument.getClass().getSimpleName();
    }

    @Test
    void a_worker_killed_while_it_reads_its_arguments_costs_one_task() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var hit = pool.submit(KillIT::take, new Slow(gate.door()).written());
            signal("KILL", gate.arrivals(1).getFirst().pid());
            assertThat(hit.await()).isInstanceOf(Crashed.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    /** Stops in the middle of being written. */
    record Sticky(Gate.Door door) implements Serializable {
        private Object writeReplace() throws IOException {
            return door.pass("writing");
        }
    }

    static Sticky stick(Gate.Door door) {
        return new Sticky(door);
    }

    @Test
    void a_worker_killed_while_it_writes_its_result_costs_one_task() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var hit = pool.submit(KillIT::stick, gate.door());
            var arrival = gate.arrivals(1).getFirst();
            assertThat(arrival.name()).isEqualTo("writing");
            signal("KILL", arrival.pid());
            assertThat(hit.await()).isInstanceOf(Crashed.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void what_was_sent_to_a_worker_and_never_read_runs_on_another() throws Exception {
        try (var pool = open(1, c -> c.heap("400m"));
                var probe = new EventProbe(pool)) {
            long pid = probe.await(WorkerReady.class, 1).getFirst().pid();
            signal("STOP", pid);
            var large = new byte[64 << 20];
            large[large.length - 1] = 7;
            var handle = pool.submit(KillIT::last, large);
            signal("KILL", pid);
            assertThat(handle.join()).isEqualTo((byte) 7);
            assertThat(handle.await().task().worker().orElseThrow().generation())
                    .isEqualTo(2);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void a_worker_that_does_not_read_is_killed_at_the_deadline_of_what_was_sent_to_it() throws Exception {
        try (var pool = open(1, c -> c.heap("128m"));
                var probe = new EventProbe(pool)) {
            signal("STOP", probe.await(WorkerReady.class, 1).getFirst().pid());
            var hit = pool.with(TaskOptions.deadline(Duration.ofSeconds(1))).submit(KillIT::last, new byte[16 << 20]);
            var behind = pool.submit(KillIT::last, new byte[] {7});
            assertThat(hit.await()).isInstanceOf(TimedOut.class);
            assertThat(behind.join()).isEqualTo((byte) 7);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }

    static byte last(byte[] bytes) {
        return bytes[bytes.length - 1];
    }

    static byte[] knockAndGive(Gate.Door door, int bytes) throws IOException {
        try (var _ = door.knock("about to answer")) {
            return new byte[bytes];
        }
    }

    @Test
    void a_worker_killed_around_a_large_result_completes_it_or_crashes() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.heap("400m"))) {
            int completed = 0;
            for (int i = 0; i < 8; i++) {
                var handle = pool.submit(KillIT::knockAndGive, gate.door(), 64 << 20);
                long pid = gate.arrivals(i + 1).getLast().pid();
                // Somewhere in encoding, writing, or just after: where exactly is the dice's.
                handle.await(Duration.ofMillis(12L * i));
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                var outcome = handle.await();
                assertThat(outcome).isInstanceOfAny(Completed.class, Crashed.class);
                completed += outcome instanceof Completed ? 1 : 0;
            }
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().completed()).isEqualTo(completed + 1);
            assertThat(pool.stats().crashed()).isEqualTo(8 - completed);
        }
    }

    @Test
    void a_worker_killed_before_it_has_connected_is_replaced(@TempDir Path folder) throws Exception {
        try (var pause = new Pause(folder);
                var pool = open(1, pause::into);
                var probe = new EventProbe(pool)) {
            var handle = pool.submit(Work::square, 3);
            signal("KILL", pause.await());
            probe.await(WorkerEnded.class, 1);
            pause.release();
            pause.await();
            pause.release();
            assertThat(handle.join()).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }

    @Test
    void a_worker_killed_in_its_initialiser_is_replaced() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            try (var pool = open(1, c -> c.initializer(() -> door.pass("initialiser")))) {
                var handle = pool.submit(Work::square, 3);
                signal("KILL", gate.arrivals(1).getFirst().pid());
                gate.arrivals(2).getLast().release();
                assertThat(handle.join()).isEqualTo(9);
                assertThat(pool.stats().started()).isEqualTo(2);
                assertThat(pool.stats().crashed()).isZero();
            }
        }
    }

    @Test
    void a_stopped_worker_is_killed_at_the_deadline() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.with(TaskOptions.deadline(Duration.ofSeconds(1))).submit(Gate.Door::pass, gate.door());
            signal("STOP", gate.arrivals(1).getFirst().pid());
            assertThat(handle.await()).isInstanceOf(TimedOut.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_worker_that_was_stopped_for_a_while_goes_on() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.submit(Gate.Door::pass, gate.door());
            long pid = gate.arrivals(1).getFirst().pid();
            signal("STOP", pid);
            gate.open();
            signal("CONT", pid);
            assertThat(handle.join()).isEqualTo("somebody");
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void a_stopped_worker_does_not_hold_up_close() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(2, c -> c.drain(Duration.ofMillis(200)).grace(Duration.ofMillis(200)));
            var handles = new ArrayList<>(java.util.List.of(
                    pool.submit(Gate.Door::pass, gate.door()), pool.submit(Gate.Door::pass, gate.door())));
            for (var arrival : gate.arrivals(2)) {
                signal("STOP", arrival.pid());
            }
            pool.close();
            for (var handle : handles) {
                assertThat(handle.poll()).isPresent();
            }
        }
    }
}
