package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.NotStarted;
import io.forkloom.PoolClosedException;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.TaskEnded;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import io.forkloom.event.PoolEvent.WorkerStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Closing takes no more, finishes what it can, and leaves nothing undecided. */
public interface CloseContract extends PoolUnderTest {

    @Test
    default void close_lets_accepted_tasks_finish() throws Exception {
        var handles = new ArrayList<TaskHandle<Integer>>();
        try (var pool = open(2)) {
            for (int i = 0; i < 100; i++) {
                handles.add(pool.submit(Work::square, i));
            }
        }
        for (int i = 0; i < 100; i++) {
            assertThat(handles.get(i).poll().orElseThrow().orThrow()).isEqualTo(i * i);
        }
    }

    @Test
    default void an_unused_pool_opens_and_closes() {
        for (int i = 0; i < 5; i++) {
            open(2).close();
        }
    }

    @Test
    default void close_without_draining_cancels_what_runs_and_does_not_start_what_waits() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(new Setup(1, 256, Duration.ZERO));
            var running = pool.submit(Gate.Door::pass, gate.door());
            var arrival = gate.arrivals(1).getFirst();
            var waiting = new ArrayList<TaskHandle<Integer>>();
            for (int i = 0; i < 10; i++) {
                waiting.add(pool.submit(Work::square, i));
            }
            pool.close();
            assertThat(running.poll().orElseThrow()).isInstanceOf(Cancelled.class);
            assertThat(((Cancelled<?>) running.await()).reason()).contains("closed");
            for (var each : waiting) {
                assertThat(each.poll().orElseThrow()).isInstanceOf(NotStarted.class);
            }
            arrival.awaitGone();
            var stats = pool.stats();
            assertThat(stats.cancelled()).isEqualTo(1);
            assertThat(stats.notStarted()).isEqualTo(10);
            assertThat(stats.ended()).isEqualTo(stats.submitted()).isEqualTo(11);
        }
    }

    @Test
    default void close_starts_no_new_workers() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(new Setup(2, 256, Duration.ZERO));
            var _ = pool.submit(Gate.Door::pass, gate.door());
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(2);
            long started = pool.stats().started();
            pool.close();
            assertThat(pool.stats().started()).isEqualTo(started);
        }
    }

    @Test
    default void a_closed_pool_refuses_tasks_and_says_so() {
        var pool = open(1);
        pool.close();
        assertThatThrownBy(() -> pool.call(Work::square, 2))
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> pool.submit(Work::square, 2)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.trySubmit(Work::square, 2)).isInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> pool.map(Work::square, java.util.List.of(1)).toList())
                .isInstanceOf(PoolClosedException.class);
        assertThat(pool.stats().submitted()).isZero();
    }

    @Test
    default void close_refuses_who_waits_for_room() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1, 1);
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var _ = pool.submit(Work::square, 1);
            var submitter = new Trial(() -> pool.submit(Work::square, 2).join());
            submitter.awaitParked();
            var closer = new Trial(() -> {
                pool.close();
                return "closed";
            });
            assertThat(submitter.thrown()).isInstanceOf(PoolClosedException.class);
            gate.open();
            assertThat(closer.thrown()).isNull();
            assertThat(pool.stats().completed()).isEqualTo(2);
        }
    }

    @Test
    default void closing_twice_and_by_many_at_once_is_harmless() throws Exception {
        var pool = open(2);
        var handle = pool.submit(Work::square, 7);
        var closers = new ArrayList<Trial>();
        for (int i = 0; i < 8; i++) {
            closers.add(new Trial(() -> {
                pool.close();
                assertThat(handle.isDone()).isTrue();
                return "closed";
            }));
        }
        for (var closer : closers) {
            assertThat(closer.thrown()).isNull();
        }
        pool.close();
        assertThat(handle.join()).isEqualTo(49);
    }

    @Test
    default void an_interrupted_close_does_not_wait_for_tasks_and_keeps_the_interrupt() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1);
            var running = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            Thread.currentThread().interrupt();
            pool.close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(running.poll().orElseThrow()).isInstanceOf(Cancelled.class);
        }
    }

    @Test
    default void a_listener_may_close_the_pool() throws Exception {
        var pool = open(1);
        var closed = new CountDownLatch(1);
        pool.subscribe(event -> {
            if (event instanceof TaskEnded) {
                pool.close();
                closed.countDown();
            }
        });
        assertThat(pool.submit(Work::square, 7).join()).isEqualTo(49);
        closed.await();
        assertThatThrownBy(() -> pool.call(Work::square, 2)).isInstanceOf(PoolClosedException.class);
    }

    @Test
    default void events_tell_the_story_in_order() throws Exception {
        var pool = open(1);
        try (var probe = new EventProbe(pool)) {
            assertThat(pool.call(Work::square, 7)).isEqualTo(49);
            var failed = pool.submit(Work::failAtSeven, 7).await();
            assertThat(failed).isInstanceOf(Outcome.Failed.class);
            pool.close();
            var ended = probe.await(WorkerEnded.class, 1).getFirst();
            assertThat(failed.task().worker()).hasValue(ended.exit().worker());
            assertThat(ended.exit().reason().orElseThrow()).contains("closed");
            // A worker may be ready before anybody can listen; if it is heard, then first.
            var story = probe.events().stream()
                    .dropWhile(event -> event instanceof WorkerStarted || event instanceof WorkerReady)
                    .toList();
            assertThat(story).hasSize(3);
            assertThat(story.get(0)).isInstanceOfSatisfying(TaskEnded.class, event -> {
                assertThat(event.task()).isEqualTo(1);
                assertThat(event.label()).isEqualTo("Work::square");
                assertThat(event.outcome()).isEqualTo("Completed");
            });
            assertThat(story.get(1)).isInstanceOfSatisfying(TaskEnded.class, event -> {
                assertThat(event.task()).isEqualTo(2);
                assertThat(event.outcome()).isEqualTo("Failed");
            });
            assertThat(story.get(2)).isSameAs(ended);
        }
    }

    @Test
    default void a_listener_that_throws_or_unsubscribes_disturbs_nobody() throws Exception {
        try (var pool = open(1)) {
            var calls = new CountDownLatch(3);
            var throwing = pool.subscribe(event -> {
                calls.countDown();
                throw new IllegalStateException("a listener of a test, which throws");
            });
            var silent = pool.subscribe(event -> calls.countDown());
            silent.close();
            for (int i = 0; i < 3; i++) {
                assertThat(pool.submit(Work::square, i).await()).isInstanceOf(Completed.class);
            }
            calls.await();
            throwing.close();
            throwing.close();
            assertThat(pool.call(Work::square, 2)).isEqualTo(4);
        }
    }
}
