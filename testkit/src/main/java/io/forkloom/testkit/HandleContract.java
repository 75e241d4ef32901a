package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Failed;
import io.forkloom.TaskCancelledException;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A handle tells how its task ended, as often as it is asked; and stops it. */
public interface HandleContract extends PoolUnderTest {

    @Test
    default void a_handle_tells_nothing_before_the_end_and_the_same_ever_after() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            assertThat(handle.poll()).isEmpty();
            assertThat(handle.await(Duration.ofMillis(1))).isEmpty();
            assertThat(handle.isDone()).isFalse();
            assertThat(handle.state()).isEqualTo(Future.State.RUNNING);
            assertThatThrownBy(() -> handle.get(1, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            gate.open();
            var outcome = handle.await();
            assertThat(outcome).isInstanceOf(Completed.class);
            assertThat(handle.await()).isSameAs(outcome);
            assertThat(handle.poll().orElseThrow()).isSameAs(outcome);
            assertThat(handle.await(Duration.ZERO).orElseThrow()).isSameAs(outcome);
        }
    }

    @Test
    default void a_handle_says_what_its_task_does() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var running = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.with(TaskOptions.label("page 7")).submit(Work::square, 7);
            assertThat(running).hasToString("task 1 (Door::pass) running in worker 0.1");
            assertThat(waiting).hasToString("task 2 (page 7) waiting");
            assertThat(waiting.cancel("no longer needed")).isTrue();
            assertThat(waiting).hasToString("task 2 (page 7) Cancelled");
            gate.open();
            running.await();
            assertThat(running).hasToString("task 1 (Door::pass) Completed in worker 0.1");
            var failed = pool.submit(Work::failAtSeven, 7);
            failed.await();
            assertThat(failed).hasToString("task 3 (Work::failAtSeven) Failed in worker 0.1");
        }
    }

    @Test
    default void a_handle_is_a_future() throws Exception {
        try (var pool = open(1)) {
            var good = pool.submit(Work::square, 9);
            assertThat(good.get()).isEqualTo(81);
            assertThat(good.get(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(81);
            assertThat(good.state()).isEqualTo(Future.State.SUCCESS);
            assertThat(good.resultNow()).isEqualTo(81);
            assertThat(good.isDone()).isTrue();
            assertThat(good.isCancelled()).isFalse();

            var bad = pool.submit(Work::fail, 3);
            assertThatThrownBy(bad::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TaskFailedException.class);
            assertThat(bad.state()).isEqualTo(Future.State.FAILED);
            assertThat(bad.exceptionNow()).isInstanceOf(TaskFailedException.class);
            assertThat(bad.await()).isInstanceOf(Failed.class);
        }
    }

    @Test
    default void a_handle_of_an_ended_task_lets_go_of_its_function_and_argument() throws Exception {
        try (var pool = open(1)) {
            var held = new ArrayList<WeakReference<?>>();
            var handle = submitSomethingLarge(pool, held);
            assertThat(handle.join()).isEqualTo(2000);
            for (int i = 0; i < 50 && held.stream().anyMatch(each -> each.get() != null); i++) {
                System.gc();
            }
            assertThat(held).allMatch(each -> each.get() == null);
            assertThat(handle.join()).isEqualTo(2000);
        }
    }

    /** In a method of its own, so that nothing is left of it on the stack. */
    private static TaskHandle<Integer> submitSomethingLarge(TaskPool pool, List<WeakReference<?>> held)
            throws InterruptedException {
        var captured = new int[1000];
        var argument = new int[1000];
        held.add(new WeakReference<>(captured));
        held.add(new WeakReference<>(argument));
        return pool.submit(array -> array.length + captured.length, argument);
    }

    @Test
    default void a_wait_may_be_longer_than_any_clock() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.submit(Work::square, 2).get(Long.MAX_VALUE, TimeUnit.SECONDS))
                    .isEqualTo(4);
            assertThat(pool.submit(Work::square, 3).await(Duration.ofSeconds(Long.MAX_VALUE)))
                    .isPresent();
        }
    }

    @Test
    default void cancelling_a_waiting_task_takes_it_out_of_the_queue() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var running = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.submit(Gate.Door::pass, gate.door());
            var behind = pool.submit(Work::square, 5);
            assertThat(pool.stats().waiting()).isEqualTo(2);
            assertThat(waiting.cancel("changed my mind")).isTrue();
            var outcome = waiting.await();
            assertThat(outcome).isInstanceOf(Cancelled.class);
            assertThat(((Cancelled<?>) outcome).reason()).isEqualTo("changed my mind");
            assertThat(outcome.task().worker()).isEmpty();
            assertThat(pool.stats().waiting()).isEqualTo(1);
            gate.open();
            assertThat(behind.join()).isEqualTo(25);
            assertThat(running.await()).isInstanceOf(Completed.class);
            assertThat(gate.arrived()).isEqualTo(1);
        }
    }

    @Test
    default void cancelling_a_running_task_stops_it_and_the_pool_works_on() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var running = pool.submit(Gate.Door::pass, gate.door());
            var arrival = gate.arrivals(1).getFirst();
            var behind = pool.submit(Work::square, 5);
            assertThat(running.cancel("changed my mind")).isTrue();
            assertThat(running.await()).isInstanceOf(Cancelled.class);
            arrival.awaitGone();
            assertThatThrownBy(running::join)
                    .isInstanceOf(TaskCancelledException.class)
                    .hasMessageContaining("changed my mind");
            assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
            assertThat(running.isCancelled()).isTrue();
            assertThat(running.state()).isEqualTo(Future.State.CANCELLED);
            assertThat(behind.join()).isEqualTo(25);
            assertThat(pool.stats().cancelled()).isEqualTo(1);
        }
    }

    @Test
    default void cancelling_what_has_ended_changes_nothing() throws Exception {
        try (var pool = open(1)) {
            var handle = pool.submit(Work::square, 9);
            assertThat(handle.join()).isEqualTo(81);
            assertThat(handle.cancel("too late")).isFalse();
            assertThat(handle.cancel(true)).isFalse();
            assertThat(handle.isCancelled()).isFalse();
            assertThat(handle.join()).isEqualTo(81);
            assertThat(pool.stats().cancelled()).isZero();
        }
    }

    @Test
    default void a_second_cancel_is_refused_and_the_first_reason_stays() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            assertThat(handle.cancel("first")).isTrue();
            assertThat(handle.cancel("second")).isFalse();
            assertThat(((Cancelled<?>) handle.await()).reason()).isEqualTo("first");
        }
    }

    @Test
    default void interrupting_a_call_cancels_its_task_and_waits_for_its_end() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            var ended = new Trial(() -> pool.call(Gate.Door::pass, door));
            var arrival = gate.arrivals(1).getFirst();
            ended.thread().interrupt();
            assertThat(ended.thrown()).isInstanceOf(InterruptedException.class);
            assertThat(pool.stats().cancelled()).isEqualTo(1);
            assertThat(pool.stats().running()).isZero();
            arrival.awaitGone();
            assertThat(pool.call(Work::square, 5)).isEqualTo(25);
        }
    }

    @Test
    default void interrupting_await_leaves_the_task_alone() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var handle = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiter = new Trial(handle::await);
            waiter.thread().interrupt();
            assertThat(waiter.thrown()).isInstanceOf(InterruptedException.class);
            gate.open();
            assertThat(handle.await()).isInstanceOf(Completed.class);
        }
    }

    @Test
    default void a_handle_and_its_pool_let_go_of_what_an_ended_task_was_given() throws Exception {
        try (var pool = open(1)) {
            var argument = new int[] {7};
            var given = new WeakReference<>(argument);
            var handle = pool.submit(Work::first, argument);
            assertThat(handle.join()).isEqualTo(7);
            argument = null;
            for (int i = 0; i < 50 && given.get() != null; i++) {
                System.gc();
            }
            assertThat(given.get()).isNull();
            assertThat(handle.join()).isEqualTo(7);
        }
    }
}
