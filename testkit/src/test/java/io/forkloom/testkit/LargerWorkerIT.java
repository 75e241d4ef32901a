package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.Retry;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import io.forkloom.ThreadPool;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.PoolEvent.TaskRetried;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerStarted;
import io.forkloom.event.WorkerExit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Tasks for which the workers' heap of 64 MiB is too small, and that may have more. */
class LargerWorkerIT extends FaultCase {
    private static final long MEBIBYTE = 1 << 20;

    private static final TaskOptions MORE =
            TaskOptions.retry(Retry.onOutOfMemory(2).withHeap("256m"));

    /** Needs so much; gives the largest heap there. */
    static long need(int mebibytes) {
        var held = new byte[mebibytes][];
        for (int i = 0; i < mebibytes; i++) {
            held[i] = new byte[(int) MEBIBYTE];
        }
        return held.length > 0 ? largestHeap() : 0;
    }

    static long largestHeap() {
        return Runtime.getRuntime().maxMemory();
    }

    static long needAtTheDoor(Gate.Door door, int mebibytes) throws IOException {
        if (largestHeap() > 128 * MEBIBYTE) {
            door.pass("larger");
        }
        return need(mebibytes);
    }

    @Test
    void a_task_that_needs_more_gets_more_and_the_next_one_an_ordinary_worker() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var outcome = (Completed<Long>)
                    pool.with(MORE).submit(LargerWorkerIT::need, 100).await();
            assertThat(outcome.value()).isGreaterThan(200 * MEBIBYTE);
            assertThat(outcome.task().earlier()).hasSize(1);
            assertThat(pool.<Long>call(LargerWorkerIT::largestHeap)).isLessThan(100 * MEBIBYTE);

            var retried = probe.await(TaskRetried.class, 1).getFirst();
            assertThat(retried.outcome()).isEqualTo("OutOfMemory");
            assertThat(retried.heap()).hasValue(256 * MEBIBYTE);
            assertThat(probe.events(WorkerStarted.class))
                    .extracting(WorkerStarted::heap)
                    .containsOnlyOnce(OptionalLong.of(256 * MEBIBYTE));
            var retired = probe.await(
                            WorkerEnded.class, 1, ended -> ended.exit().heap().isPresent())
                    .getFirst()
                    .exit();
            assertThat(retired.reason()).hasValue("no task waits that needs its heap of 256 MiB");
            assertThat(retired.toString()).contains(", heap 256 MiB)");
            assertThat(pool.stats().completed()).isEqualTo(2);
            assertThat(pool.stats().outOfMemory()).isZero();
        }
    }

    @Test
    void a_task_too_large_for_that_too_ends_with_both_attempts_listed() throws Exception {
        try (var pool = open(1)) {
            var handle = pool.with(MORE).submit(LargerWorkerIT::need, 400);
            var outcome = (OutOfMemory<Long>) handle.await();
            assertThat(outcome.kind()).isEqualTo(MemoryKind.HEAP);
            assertThat(outcome.exit().heap()).hasValue(256 * MEBIBYTE);
            assertThat(outcome.task().earlier()).extracting(WorkerExit::heap).containsExactly(OptionalLong.empty());
            assertThatThrownBy(handle::join)
                    .hasMessageContaining(outcome.exit().toString())
                    .hasMessageContaining("attempt 2")
                    .hasMessageContaining(outcome.task().earlier().getFirst().toString());
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void several_such_tasks_among_others_all_complete() throws Exception {
        try (var pool = open(2)) {
            var large = new ArrayList<TaskHandle<Long>>();
            var small = new ArrayList<TaskHandle<Integer>>();
            for (int i = 0; i < 4; i++) {
                large.add(pool.with(MORE).submit(LargerWorkerIT::need, 100));
                for (int j = 0; j < 20; j++) {
                    small.add(pool.submit(Work::square, j));
                }
            }
            for (var each : large) {
                assertThat(each.await()).isInstanceOf(Completed.class);
            }
            for (var each : small) {
                assertThat(each.await()).isInstanceOf(Completed.class);
            }
            assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
        }
    }

    @Test
    void the_larger_worker_may_be_killed_as_any_other() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var options = TaskOptions.retry(Retry.onLostWorker(3).withHeap("256m"));
            var handle = pool.with(options).submit(LargerWorkerIT::needAtTheDoor, gate.door(), 100);
            signal("KILL", gate.arrivals(1).getFirst().pid());
            gate.arrivals(2);
            gate.open();
            var outcome = (Completed<Long>) handle.await();
            assertThat(outcome.task().earlier())
                    .extracting(WorkerExit::heap)
                    .containsExactly(OptionalLong.empty(), OptionalLong.of(256 * MEBIBYTE));
        }
    }

    @Test
    void a_task_that_runs_in_it_can_be_cancelled() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.with(MORE).submit(LargerWorkerIT::needAtTheDoor, gate.door(), 100);
            gate.arrivals(1);
            assertThat(handle.cancel("no more")).isTrue();
            assertThat(handle.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    static void enter(Gate.Door door) throws IOException {
        if (largestHeap() > 128 * MEBIBYTE) {
            door.pass("larger");
        }
    }

    @Test
    void a_close_while_it_starts_waits_for_nothing() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            var pool = open(1, c -> c.drain(Duration.ZERO).initializer(() -> enter(door)));
            TaskHandle<Long> handle;
            try (pool) {
                handle = pool.with(MORE).submit(LargerWorkerIT::need, 100);
                gate.arrivals(1);
            }
            assertThat(handle.poll().orElseThrow()).isInstanceOf(OutOfMemory.class);
        }
    }

    static void refuseLarger() {
        if (largestHeap() > 128 * MEBIBYTE) {
            throw new IllegalStateException("too much of a good thing");
        }
    }

    @Test
    void where_it_does_not_come_up_the_task_ends_and_the_pool_goes_on() throws Exception {
        try (var pool = open(1, c -> c.initializer(LargerWorkerIT::refuseLarger))) {
            var outcome = pool.with(MORE).submit(LargerWorkerIT::need, 100).await();
            assertThat(outcome).isInstanceOf(OutOfMemory.class);
            assertThat(outcome.task().earlier()).isEmpty();
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void what_cannot_be_is_refused_before_any_task_is_given() {
        try (var pool = open(2);
                var threads = ThreadPool.open()) {
            assertThatThrownBy(() -> pool.with(larger("64m"))).hasMessageContaining("the others have 64 MiB already");
            assertThatThrownBy(() -> pool.with(larger("4000g")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one more worker with a heap of 4000.0 GiB for retries")
                    .hasMessageContaining("each of 2 workers");
            assertThatThrownBy(() -> threads.with(larger("2g"))).hasMessageContaining("pools of processes");
            assertThatThrownBy(() -> Retry.onCrash(2).withHeap("2g")).hasMessageContaining("onOutOfMemory");
            assertThatThrownBy(() -> Retry.onOutOfMemory(2).withHeap("much")).hasMessageContaining("is no size");
        }
        try (var pool = open(1, c -> c.residentLimit("200m"))) {
            assertThatThrownBy(() -> pool.with(larger("256m"))).hasMessageContaining("residentLimit, which is 200m");
        }
    }

    private static TaskOptions larger(String heap) {
        return TaskOptions.retry(Retry.onOutOfMemory(2).withHeap(heap));
    }
}
