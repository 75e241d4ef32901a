package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.NotStarted;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.Retry;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens at the same time as the end of something else. */
class RaceIT extends FaultCase {
    static long spin(long micros) {
        long end = System.nanoTime() + micros * 1_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return micros;
    }

    @Test
    void a_cancel_costs_no_other_task_however_many_a_worker_was_given() throws Exception {
        try (var pool = open(1)) {
            for (int i = 0; i < 50; i++) {
                pool.call(RaceIT::spin, 5L); // a worker is given several calls of a function that is known to be short
            }
            int cancelled = 0;
            for (int round = 0; round < 300; round++) {
                List<TaskHandle<Long>> handles = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    handles.add(pool.submit(RaceIT::spin, 20L));
                }
                handles.get(3 + round % 6).cancel("not this one");
                for (int i = 0; i < handles.size(); i++) {
                    var outcome = handles.get(i).await();
                    if (outcome instanceof Cancelled) {
                        assertThat(i).isEqualTo(3 + round % 6);
                        cancelled++;
                    } else {
                        assertThat(outcome).isInstanceOf(Completed.class);
                    }
                }
            }
            assertThat(cancelled).isPositive();
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void a_soft_limit_that_passes_before_the_worker_has_read_its_arguments_is_not_lost() throws Exception {
        try (var pool = open(1, c -> c.heap("400m"))) {
            var view = pool.with(TaskOptions.NONE.withSoftLimit(Duration.ofMillis(1)));
            var outcome =
                    view.submit(RaceIT::sleepAfter, new byte[80 << 20], 60_000L).await();
            assertThat(outcome).isInstanceOf(TimedOut.class);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    static int sleepAfter(byte[] bytes, long millis) throws InterruptedException {
        Thread.sleep(millis);
        return bytes.length;
    }

    @Test
    void what_a_dying_worker_was_given_runs_elsewhere_at_once() throws Exception {
        try (var pool = open(2);
                var probe = new EventProbe(pool)) {
            var ready = probe.await(WorkerReady.class, 2);
            // Its child holds its output open, which makes the funeral long.
            pool.call(RaceIT::childThatHoldsPipes, "sleep");
            signal("KILL", ready.getFirst().pid());
            var view = pool.with(TaskOptions.deadline(Duration.ofSeconds(1)));
            assertThat(view.call(Work::square, 3)).isEqualTo(9);
            assertThat(view.call(Work::square, 4)).isEqualTo(16);
        }
    }

    static long childThatHoldsPipes(String command) throws IOException {
        return new ProcessBuilder(command, "1000")
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .pid();
    }

    @Test
    void a_wait_limit_holds_for_a_task_that_was_given_to_a_worker_that_never_turned_to_it() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            long pid = probe.await(WorkerReady.class, 1).getFirst().pid();
            signal("STOP", pid);
            var view = pool.with(TaskOptions.NONE.withWaitLimit(Duration.ofMillis(300)));
            assertThat(view.submit(Work::square, 3).await()).isInstanceOf(NotStarted.class);
            signal("CONT", pid);
            assertThat(pool.call(Work::square, 4)).isEqualTo(16);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void tasks_with_a_retry_end_with_their_pool() throws Exception {
        for (int round = 0; round < 5; round++) {
            var pool = open(1, c -> c.drain(Duration.ZERO).grace(Duration.ofMillis(100)));
            List<TaskHandle<Long>> handles = new ArrayList<>();
            try (pool) {
                for (int i = 0; i < 50; i++) {
                    pool.call(RaceIT::spin, 5L);
                }
                var view = pool.with(TaskOptions.retry(Retry.onCrash(5)));
                for (int i = 0; i < 40; i++) {
                    handles.add(view.submit(RaceIT::spin, 200L));
                }
                handles.get(2 + round).cancel("so that its worker is condemned");
            }
            for (var handle : handles) {
                assertThat(handle.poll()).as(handle::toString).isPresent();
            }
            assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
        }
    }

    static String interruptEverything(long ignored) throws InterruptedException {
        Thread.currentThread().getThreadGroup().interrupt();
        var root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        root.interrupt();
        Thread.interrupted();
        return "alive";
    }

    @Test
    void a_task_that_interrupts_every_thread_does_not_cut_the_line_to_the_pool() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.call(RaceIT::interruptEverything, 1L)).isEqualTo("alive");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    static String jumpAhead(Gate.Door door) throws IOException {
        LedgerIT.writeCursor(Long.MAX_VALUE - 1);
        return door.pass("the cursor is far ahead");
    }

    @Test
    void a_cursor_that_was_written_ahead_ends_the_worker_when_it_is_seen() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.submit(RaceIT::jumpAhead, gate.door());
            gate.arrivals(1);
            handle.cancel("enough");
            assertThat(handle.await()).isInstanceOfAny(Cancelled.class, Crashed.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }
}
