package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.NotStarted;
import io.forkloom.PoolClosedException;
import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.TaskEnded;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** close() at every moment of a pool's life: it returns, each task has its outcome, and no process is left. */
class CloseIT extends FaultCase {

    private static Trial closing(ProcessPool pool) {
        return new Trial(() -> {
            pool.close();
            return "closed";
        });
    }

    private static void accountIsClosed(ProcessPool pool) {
        var stats = pool.stats();
        assertThat(stats.ended()).as(stats::toString).isEqualTo(stats.submitted());
        assertThat(stats.running()).as(stats::toString).isZero();
        assertThat(Leaks.workerProcesses()).isEmpty();
    }

    @Test
    void closed_while_its_workers_start_a_pool_starts_nothing(@TempDir Path folder) throws Exception {
        try (var pause = new Pause(folder)) {
            var pool = open(2, c -> {
                pause.into(c);
                c.drain(Duration.ZERO).grace(Duration.ofMillis(100));
            });
            var waiting = pool.submit(Work::square, 3);
            pause.await();
            pool.close();
            assertThat(waiting.poll().orElseThrow()).isInstanceOf(NotStarted.class);
            assertThat(pool.stats().started()).isEqualTo(2);
            accountIsClosed(pool);
        }
    }

    @Test
    void closed_while_its_initialiser_runs_a_pool_waits_for_that_and_for_the_task() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            var pool = open(1, c -> c.initializer(() -> door.pass("initialiser")));
            var waiting = pool.submit(Work::square, 3);
            gate.arrivals(1);
            var closer = closing(pool);
            closer.awaitParked();
            gate.open();
            assertThat(closer.thrown()).isNull();
            assertThat(waiting.poll().orElseThrow()).isInstanceOf(Completed.class);
            accountIsClosed(pool);
        }
    }

    @Test
    void closed_while_crashed_workers_are_replaced_a_pool_finishes_what_it_has() throws Exception {
        var pool = open(2);
        var handles = new ArrayList<TaskHandle<?>>();
        try (var probe = new EventProbe(pool)) {
            for (int i = 0; i < 3; i++) {
                handles.add(pool.submit(Faults::halt, i));
                handles.add(pool.submit(Work::square, i));
            }
            probe.await(WorkerEnded.class, 1);
            pool.close();
        }
        for (int i = 0; i < 6; i++) {
            assertThat(handles.get(i).poll().orElseThrow()).isInstanceOf(i % 2 == 0 ? Crashed.class : Completed.class);
        }
        accountIsClosed(pool);
    }

    @Test
    void closed_just_after_a_cancel_a_pool_has_buried_the_worker_of_the_cancelled_task() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1);
            var running = pool.submit(Gate.Door::pass, gate.door());
            var arrival = gate.arrivals(1).getFirst();
            assertThat(running.cancel("closing anyway")).isTrue();
            pool.close();
            assertThat(running.poll().orElseThrow()).isInstanceOf(Cancelled.class);
            arrival.awaitGone();
            accountIsClosed(pool);
        }
    }

    @Test
    void an_interrupt_in_the_midst_of_a_close_ends_the_drain_and_is_kept() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1);
            var running = pool.submit(Gate.Door::pass, gate.door());
            var waiting = pool.submit(Work::square, 3);
            gate.arrivals(1);
            var kept = new CountDownLatch(1);
            var closer = new Trial(() -> {
                pool.close();
                if (Thread.currentThread().isInterrupted()) {
                    kept.countDown();
                }
                return "closed";
            });
            closer.awaitParked();
            closer.thread().interrupt();
            assertThat(closer.thrown()).isNull();
            assertThat(kept.getCount()).isZero();
            assertThat(running.poll().orElseThrow()).isInstanceOf(Cancelled.class);
            assertThat(waiting.poll().orElseThrow()).isInstanceOf(NotStarted.class);
            accountIsClosed(pool);
        }
    }

    @Test
    void an_interrupted_second_close_leaves_the_first_to_finish() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1);
            var running = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var first = closing(pool);
            first.awaitParked();
            var second = closing(pool);
            second.awaitParked();
            second.thread().interrupt();
            assertThat(second.thrown()).isNull();
            assertThat(first.isOver()).isFalse();
            assertThat(running.poll()).isEmpty();
            gate.open();
            assertThat(first.thrown()).isNull();
            assertThat(running.poll().orElseThrow()).isInstanceOf(Completed.class);
        }
    }

    @Test
    void closed_by_many_while_many_submit_a_pool_accounts_for_every_task_it_accepted() throws Exception {
        var pool = open(2, c -> c.queue(16, "1m"));
        var ready = new CountDownLatch(1);
        var submitters = new ArrayList<Trial>();
        for (int i = 0; i < 8; i++) {
            submitters.add(new Trial(() -> {
                while (true) {
                    assertThat(pool.submit(Work::square, 7).await()).isInstanceOf(Completed.class);
                    ready.countDown();
                }
            }));
        }
        ready.await();
        var closers = new ArrayList<Trial>();
        for (int i = 0; i < 16; i++) {
            closers.add(closing(pool));
        }
        for (var closer : closers) {
            assertThat(closer.thrown()).isNull();
        }
        for (var submitter : submitters) {
            assertThat(submitter.thrown()).isInstanceOf(PoolClosedException.class);
        }
        accountIsClosed(pool);
    }

    @Test
    void a_listener_may_close_the_pool_when_a_worker_has_crashed_while_others_run() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(2);
            var closed = new CountDownLatch(1);
            try (var probe = new EventProbe(pool)) {
                probe.await(WorkerReady.class, 2);
                var running = pool.submit(Gate.Door::pass, gate.door());
                gate.arrivals(1);
                pool.subscribe(event -> {
                    if (event instanceof TaskEnded ended && ended.outcome().equals("Crashed")) {
                        gate.open();
                        pool.close();
                        closed.countDown();
                    }
                });
                var hit = pool.submit(Faults::halt, 1);
                closed.await();
                assertThat(hit.poll().orElseThrow()).isInstanceOf(Crashed.class);
                assertThat(running.poll().orElseThrow()).isInstanceOf(Completed.class);
            }
            assertThatThrownBy(() -> pool.call(Work::square, 3)).isInstanceOf(PoolClosedException.class);
            accountIsClosed(pool);
        }
    }

    @Test
    void who_waits_for_a_task_when_the_pool_is_closed_may_close_it_too() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1, c -> c.drain(Duration.ZERO));
            var running = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiter = new Trial(() -> {
                try {
                    return running.await();
                } finally {
                    pool.close();
                }
            });
            waiter.awaitParked();
            pool.close();
            assertThat(waiter.thrown()).isNull();
            assertThat(running.poll().orElseThrow()).isInstanceOf(Cancelled.class);
            accountIsClosed(pool);
        }
    }
}
