package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.PoolClosedException;
import io.forkloom.Retry;
import io.forkloom.Task;
import io.forkloom.TaskCrashedException;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.PoolEvent.TaskEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a pool without threads can. */
@Timeout(30)
class DirectPoolTest extends NothingLeft {
    private static List<Integer> order(long seed) {
        var order = new ArrayList<Integer>();
        try (var pool = DirectPool.stepwise(seed)) {
            for (int i = 0; i < 10; i++) {
                int number = i;
                pool.trySubmit(() -> number).orElseThrow().whenEnded(() -> order.add(number));
            }
            assertThat(pool.stats().waiting()).isEqualTo(10);
            assertThat(order).isEmpty();
            assertThat(pool.step()).isTrue();
            assertThat(order).hasSize(1);
            assertThat(pool.runAll()).isEqualTo(9);
            assertThat(pool.step()).isFalse();
        }
        return order;
    }

    @Test
    void a_seed_decides_the_order_and_the_same_seed_decides_the_same() {
        assertThat(order(1)).isEqualTo(order(1)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(IntStream.range(0, 20).mapToObj(DirectPoolTest::order).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void an_action_that_throws_at_the_end_of_a_task_disturbs_nobody() throws Exception {
        var thread = Thread.currentThread();
        var told = new ArrayList<Throwable>();
        thread.setUncaughtExceptionHandler((who, thrown) -> told.add(thrown));
        try (var pool = DirectPool.stepwise(3)) {
            var handle = pool.submit(Work::square, 3);
            var order = new ArrayList<String>();
            handle.whenEnded(() -> {
                throw new IllegalStateException("first");
            });
            handle.whenEnded(() -> order.add("second"));
            assertThat(handle.join()).isEqualTo(9);
            handle.whenEnded(() -> {
                throw new IllegalStateException("late");
            });
            assertThat(order).containsExactly("second");
            assertThat(told).extracting(Throwable::getMessage).containsExactly("first", "late");
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }
    }

    @Test
    void who_waits_for_an_outcome_runs_tasks_until_it_is_there() throws Exception {
        try (var pool = DirectPool.stepwise(7)) {
            var handles = new ArrayList<TaskHandle<Integer>>();
            for (int i = 0; i < 10; i++) {
                handles.add(pool.submit(Work::square, i));
            }
            assertThat(handles.get(3)).hasToString("task 4 (Work::square) waiting");
            assertThat(handles.get(3).poll()).isEmpty();
            assertThat(handles.get(3).join()).isEqualTo(9);
            assertThat(handles.get(3).get()).isEqualTo(9);
            assertThat(handles.get(3)).hasToString("task 4 (Work::square) Completed in worker 0.1");
            assertThat(handles.get(5).await(Duration.ZERO)).isPresent();
        }
    }

    @Test
    void a_map_as_completed_comes_in_the_order_of_the_seed() {
        try (var pool = DirectPool.stepwise(3)) {
            var numbers = IntStream.range(0, 20).boxed().toList();
            var first = pool.map(Work::square, numbers).asCompleted().toList();
            assertThat(first)
                    .hasSize(20)
                    .containsAll(List.of(0, 1, 361))
                    .isNotEqualTo(pool.map(Work::square, numbers).toList());
        }
    }

    @Test
    void a_waiting_task_can_be_cancelled_and_an_ended_one_not() throws Exception {
        try (var pool = DirectPool.stepwise(1)) {
            var handle = pool.submit(Work::square, 2);
            assertThat(handle.cancel("changed my mind")).isTrue();
            assertThat(handle.cancel("again")).isFalse();
            assertThat(handle.state()).isEqualTo(Future.State.CANCELLED);
            assertThat(handle.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(pool.stats().cancelled()).isEqualTo(1);
            assertThat(pool.runAll()).isZero();
        }
    }

    @Test
    void a_fault_takes_the_place_of_the_next_task_with_its_label() throws Exception {
        try (var pool = DirectPool.open();
                var probe = new EventProbe(pool)) {
            pool.fault("Work::square", new Fault.Crash("SIGSEGV"));
            pool.fault("Work::square", new Fault.OutOfMemory(MemoryKind.HEAP));
            pool.fault("page 7", new Fault.TimeOut(Duration.ofSeconds(3)));
            assertThatThrownBy(() -> pool.call(Work::square, 3))
                    .isInstanceOf(TaskCrashedException.class)
                    .hasMessageContaining("Work::square (submitted at DirectPoolTest.java:")
                    .hasMessageContaining("SIGSEGV");
            assertThat(pool.submit(Work::square, 3).await()).isInstanceOf(Outcome.OutOfMemory.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            var late = pool.with(TaskOptions.label("page 7")).submit(Work::square, 3);
            assertThat(late.await()).isInstanceOf(Outcome.TimedOut.class);
            pool.fault("Work::square", new Fault.Failure(new IllegalStateException("scripted")));
            pool.fault("Work::square", new Fault.NotStart("scripted"));
            pool.fault("Work::square", new Fault.Cancel("scripted"));
            assertThat(pool.submit(Work::square, 3).await()).isInstanceOf(Outcome.Failed.class);
            assertThat(pool.submit(Work::square, 3).await()).isInstanceOf(Outcome.NotStarted.class);
            assertThat(pool.submit(Work::square, 3).isCancelled()).isTrue();
            assertThat(probe.events(TaskEnded.class).stream().map(TaskEnded::outcome))
                    .containsExactly(
                            "Crashed", "OutOfMemory", "Completed", "TimedOut", "Failed", "NotStarted", "Cancelled");
            assertThat(pool.stats().ended()).isEqualTo(7).isEqualTo(pool.stats().submitted());
        }
    }

    @Test
    void a_task_is_retried_as_it_asks() throws Exception {
        try (var pool = DirectPool.open()) {
            pool.fault("Work::square", new Fault.Crash("SIGSEGV"));
            pool.fault("Work::square", new Fault.Crash("SIGBUS"));
            var handle = pool.with(TaskOptions.retry(Retry.onCrash(3))).submit(Work::square, 3);
            assertThat(handle.join()).isEqualTo(9);
            assertThat(handle.await().task().earlier()).hasSize(2);
            for (int i = 0; i < 3; i++) {
                pool.fault("Work::square", new Fault.Crash("SIGSEGV"));
            }
            var poison = pool.with(TaskOptions.retry(Retry.onCrash(2))).submit(Work::square, 3);
            assertThat(poison.await()).isInstanceOf(Outcome.Crashed.class);
            assertThat(pool.submit(Work::square, 3).await()).isInstanceOf(Outcome.Crashed.class);
        }
    }

    @Test
    void a_task_may_submit_to_its_own_pool() throws Exception {
        try (var pool = DirectPool.open()) {
            assertThat(pool.<String>call(() -> pool.call(Work::square, 3) + Work.label()))
                    .isEqualTo("9a lambda in DirectPoolTest.a_task_may_submit_to_its_own_pool");
        }
    }

    @Test
    void close_runs_what_waits_and_then_refuses() throws Exception {
        var pool = DirectPool.stepwise(1);
        var handle = pool.submit(Work::square, 3);
        pool.with(TaskOptions.NONE).close();
        assertThat(handle.isDone()).isFalse();
        pool.close();
        assertThat(handle.poll().orElseThrow().orThrow()).isEqualTo(9);
        assertThatThrownBy(() -> pool.submit(Work::square, 3)).isInstanceOf(PoolClosedException.class);
    }

    @Test
    void it_is_an_executor_too() throws Exception {
        try (var pool = DirectPool.open();
                var executor = pool.asExecutorService()) {
            assertThat(executor.submit(() -> 6 * 7).toCompletableFuture().join())
                    .isEqualTo(42);
            assertThat(executor.invokeAny(List.<Task<String>>of(() -> "first", () -> "second")))
                    .isEqualTo("first");
        }
    }
}
