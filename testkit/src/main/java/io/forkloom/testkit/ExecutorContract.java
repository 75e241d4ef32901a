package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.Cancelled;
import io.forkloom.PoolClosedException;
import io.forkloom.Task;
import io.forkloom.TaskCancelledException;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool as an ExecutorService, and a task as a CompletableFuture. */
interface ExecutorContract extends PoolUnderTest {

    @Test
    default void lambdas_given_to_an_executor_are_tasks(@TempDir Path folder) throws Exception {
        String file = folder.resolve("made").toString();
        var words = new ArrayList<>(List.of("a"));
        try (var pool = open(1);
                var executor = pool.asExecutorService()) {
            assertThat(executor.submit(() -> 6 * 7).get()).isEqualTo(42);
            assertThat(executor.submit(Work::label).join()).isEqualTo("Work::label");
            assertThat(executor.submit(() -> Files.createFile(Path.of(file)).toString())
                            .join())
                    .isEqualTo(file);
            assertThat(executor.submit(() -> {
                                Files.delete(Path.of(file)); // a checked exception, and no result
                            })
                            .get())
                    .isNull();
            assertThat(Path.of(file)).doesNotExist();
            executor.execute(() -> Files.createFile(Path.of(file)));
            // What comes back is what the action has made of the result, where it is a copy too.
            Runnable adding = (Runnable & java.io.Serializable) () -> words.add("b");
            assertThat(executor.submit(adding, words).get()).containsExactly("a", "b");
        }
        assertThat(Path.of(file)).exists();
    }

    @Test
    default void a_task_of_an_executor_has_the_options_and_the_name_of_its_view() throws Exception {
        try (var pool = open(1);
                var executor = pool.with(TaskOptions.label("page 7")).asExecutorService()) {
            assertThat(executor.submit(() -> 1).await().task().label()).isEqualTo("page 7");
            assertThatThrownBy(executor.submit(() -> Work.failAtSeven(7))::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("submitted at ExecutorContract.java:");
        }
    }

    @Test
    default void invoke_all_gives_the_ends_of_all_in_their_order() throws Exception {
        var tasks = new ArrayList<Task<Integer>>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            tasks.add(() -> Work.failAtSeven(number));
        }
        try (var pool = open(2, 4);
                var executor = pool.asExecutorService()) {
            var futures = executor.invokeAll(tasks);
            for (int i = 0; i < 20; i++) {
                assertThat(futures.get(i).state()).isEqualTo(i == 7 ? Future.State.FAILED : Future.State.SUCCESS);
            }
            assertThat(futures.get(19).get()).isEqualTo(361);
        }
    }

    @Test
    default void invoke_all_cancels_what_has_not_ended_in_time() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 1);
                var executor = pool.asExecutorService()) {
            pool.call(Work::square, 2); // the worker is there when the time begins
            var door = gate.door();
            Task<String> stuck = () -> door.pass("stuck");
            var futures = executor.invokeAll(List.of(() -> "quick", stuck, stuck, stuck), 2, TimeUnit.SECONDS);
            assertThat(futures.getFirst().get()).isEqualTo("quick");
            assertThat(futures.subList(1, 4)).allMatch(Future::isDone).allMatch(Future::isCancelled);
            gate.arrivals(1).getFirst().awaitGone();
        }
    }

    @Test
    default void invoke_any_gives_one_value_and_stops_the_others() throws Exception {
        try (var gate = Gate.shut();
                var start = Gate.shut();
                var pool = open(2);
                var executor = pool.asExecutorService()) {
            var door = gate.door();
            var line = start.door();
            Task<String> stuck = () -> door.pass("stuck");
            Task<String> failing = () -> Work.fail(3);
            Task<String> quick = () -> line.pass("quick");
            var caller = new Trial(() -> {
                assertThat(executor.invokeAny(List.of(stuck, failing, quick))).isEqualTo("quick");
                return true;
            });
            var loser = gate.arrivals(1).getFirst();
            start.open();
            assertThat(caller.thrown()).isNull();
            loser.awaitGone();
            assertThatThrownBy(() -> executor.invokeAny(List.of(failing, failing)))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TaskFailedException.class);
            assertThatThrownBy(() -> executor.invokeAny(List.of(stuck), 300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(pool.stats().running()).isLessThanOrEqualTo(1); // cancelled, and perhaps on its way out
            assertThatThrownBy(() -> executor.invokeAny(List.<Task<String>>of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void an_executor_that_is_shut_down_refuses_and_the_pool_goes_on() throws Exception {
        try (var pool = open(1)) {
            var executor = pool.asExecutorService();
            var handle = executor.submit(() -> 1);
            executor.shutdown();
            assertThat(executor.awaitTermination(1, TimeUnit.DAYS)).isTrue();
            assertThat(handle.isDone()).isTrue();
            assertThat(executor.isTerminated()).isTrue();
            assertThatThrownBy(() -> executor.submit(() -> 2))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("shut down");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void an_executor_of_a_closed_pool_refuses() {
        var pool = open(1);
        var executor = pool.asExecutorService();
        pool.close();
        assertThatThrownBy(() -> executor.submit(() -> 2)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(PoolClosedException.class);
        assertThat(executor.isShutdown()).isFalse();
    }

    @Test
    default void shutdown_now_cancels_the_tasks_of_its_view_only() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var other = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var executor = pool.asExecutorService();
            var door = gate.door();
            var mine = executor.submit(() -> door.pass("mine"));
            executor.shutdown();
            assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(executor.shutdownNow()).isEmpty();
            assertThat(executor.awaitTermination(1, TimeUnit.DAYS)).isTrue();
            assertThat(mine.await()).isInstanceOf(Cancelled.class);
            assertThat(other.isDone()).isFalse();
            gate.open();
            assertThat(other.join()).isEqualTo("somebody");
        }
    }

    @Test
    default void an_interrupt_refuses_who_waits_for_room_in_an_executor() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 1);
                var executor = pool.asExecutorService()) {
            var door = gate.door();
            var _ = executor.submit(() -> door.pass("first"));
            gate.arrivals(1);
            var _ = executor.submit(() -> 2);
            var submitter = new Trial(() -> executor.submit(() -> 3).join());
            submitter.awaitParked();
            submitter.thread().interrupt();
            assertThat(submitter.thrown()).isInstanceOf(RejectedExecutionException.class);
            gate.open();
        }
    }

    @Test
    default void a_handle_as_a_completable_future_tells_value_failure_and_cancellation() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var thread = new AtomicReference<Thread>();
            var sum = pool.submit(Work::square, 3)
                    .toCompletableFuture()
                    .thenCombine(pool.submit(Work::square, 4).toCompletableFuture(), Integer::sum)
                    .whenComplete((value, problem) -> thread.set(Thread.currentThread()));
            assertThat(sum.get()).isEqualTo(25);
            assertThat(thread.get())
                    .satisfiesAnyOf(
                            each -> assertThat(each.isVirtual()).isTrue(),
                            each -> assertThat(each).isSameAs(Thread.currentThread()));
            assertThatThrownBy(pool.submit(Work::fail, 3).toCompletableFuture()::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TaskFailedException.class);

            var cancelled = pool.submit(Gate.Door::pass, gate.door());
            var future = cancelled.toCompletableFuture();
            gate.arrivals(1);
            assertThat(cancelled.cancel("the test says so")).isTrue();
            assertThatThrownBy(future::get)
                    .isInstanceOf(CancellationException.class)
                    .hasRootCauseInstanceOf(TaskCancelledException.class);
        }
    }

    @Test
    default void who_completes_the_future_of_a_task_cancels_the_task() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var first = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            assertThat(first.toCompletableFuture().cancel(true)).isTrue();
            assertThat(first.await()).isInstanceOf(Cancelled.class);
            gate.arrivals(1).getFirst().awaitGone();

            var second = pool.submit(Gate.Door::pass, gate.door());
            assertThatThrownBy(second.toCompletableFuture().orTimeout(100, TimeUnit.MILLISECONDS)::get)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(second.await()).isInstanceOf(Cancelled.class);

            var third = pool.submit(Work::square, 3);
            var future = new CompletableFuture<Integer>();
            third.whenEnded(() -> future.complete(third.poll().orElseThrow().orThrow()));
            assertThat(future.get()).isEqualTo(9);
            assertThat(third.toCompletableFuture().cancel(true) || third.isDone())
                    .isTrue();
        }
    }

    @Test
    default void what_waits_for_the_end_may_wait_itself() throws Exception {
        try (var pool = open(1)) {
            var both = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                pool.submit(Work::square, i).whenEnded(() -> {
                    both.countDown();
                    try {
                        both.await(); // the first one would hold up the second, were it on a thread of the pool
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            both.await();
            assertThat(pool.submit(Work::square, 3).await(Duration.ofSeconds(20)))
                    .isPresent();
        }
    }
}
