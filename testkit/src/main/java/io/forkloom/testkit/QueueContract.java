package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.Completed;
import io.forkloom.TaskHandle;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The queue is bounded: who submits waits for room, or is refused. */
public interface QueueContract extends PoolUnderTest {

    @Test
    default void submit_waits_while_the_queue_is_full_and_goes_on_when_there_is_room() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 2)) {
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var first = pool.submit(Work::square, 1);
            var second = pool.submit(Work::square, 2);
            var third = new AtomicReference<TaskHandle<Integer>>();
            var submitter = new Trial(() -> third.getAndSet(pool.submit(Work::square, 3)));
            submitter.awaitParked();
            assertThat(submitter.isOver()).isFalse();
            assertThat(pool.stats().submitted()).isEqualTo(3);
            assertThat(pool.stats().waiting()).isEqualTo(2);
            gate.open();
            assertThat(submitter.thrown()).isNull();
            assertThat(first.join() + second.join() + third.get().join()).isEqualTo(1 + 4 + 9);
        }
    }

    @Test
    default void try_submit_is_empty_while_the_queue_is_full_and_then_nothing_was_accepted() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 1)) {
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.trySubmit(Work::square, 1).orElseThrow();
            assertThat(pool.trySubmit(Work::square, 2)).isEmpty();
            assertThat(pool.trySubmit(Work::label)).isEmpty();
            assertThat(pool.stats().submitted()).isEqualTo(2);
            gate.open();
            assertThat(waiting.join()).isEqualTo(1);
            assertThat(pool.trySubmit(Work::square, 2)).isPresent();
        }
    }

    @Test
    default void an_interrupted_submitter_has_submitted_nothing() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 1)) {
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.submit(Work::square, 1);
            var submitter = new Trial(() -> pool.submit(Work::square, 2).state());
            submitter.awaitParked();
            submitter.thread().interrupt();
            assertThat(submitter.thrown()).isInstanceOf(InterruptedException.class);
            assertThat(pool.stats().submitted()).isEqualTo(2);
            gate.open();
            assertThat(waiting.join()).isEqualTo(1);
        }
    }

    @Test
    default void who_is_interrupted_already_submits_nothing() throws Exception {
        try (var pool = open(1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.submit(Work::square, 2)).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.call(Work::square, 2)).isInstanceOf(InterruptedException.class);
            assertThat(pool.stats().submitted()).isZero();
        }
    }

    @Test
    default void cancelling_a_waiting_task_makes_room_for_a_parked_submitter() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 1)) {
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.submit(Work::square, 1);
            var submitter = new Trial(() -> pool.submit(Work::square, 2).state());
            submitter.awaitParked();
            assertThat(waiting.cancel("makes room")).isTrue();
            assertThat(submitter.thrown()).isNull();
            assertThat(pool.stats().waiting()).isEqualTo(1);
            gate.open();
        }
    }

    @Test
    default void a_hundred_submitters_pass_a_queue_of_one() throws Exception {
        try (var pool = open(2, 1)) {
            var submitters = new ArrayList<Trial>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                submitters.add(new Trial(() -> {
                    assertThat(pool.submit(Work::square, number).await()).isInstanceOf(Completed.class);
                    return number;
                }));
            }
            for (var submitter : submitters) {
                assertThat(submitter.thrown()).isNull();
            }
            assertThat(pool.stats().completed()).isEqualTo(100);
        }
    }
}
