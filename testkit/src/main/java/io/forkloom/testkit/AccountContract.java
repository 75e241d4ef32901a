package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.TaskHandle;
import io.forkloom.TaskPool;
import io.forkloom.event.PoolEvent.TaskEnded;
import io.forkloom.event.PoolStats;
import io.forkloom.event.PoolTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every accepted task ends as exactly one outcome, and the numbers say so at any moment. */
public interface AccountContract extends PoolUnderTest {

    @Test
    default void the_numbers_add_up_at_every_moment() throws Exception {
        try (var pool = open(2, 64)) {
            var submitter = new Trial(() -> {
                var handles = new ArrayList<TaskHandle<Integer>>();
                for (int i = 0; i < 3_000; i++) {
                    handles.add(pool.submit(Work::failAtSeven, i % 10));
                    if (i % 50 == 49) {
                        handles.getLast().await();
                    }
                }
                for (var handle : handles) {
                    handle.await(); // so that nothing is logged of failures that nobody has seen
                }
                return "submitted";
            });
            while (!submitter.isOver()) {
                checkSum(pool.stats());
            }
            assertThat(submitter.thrown()).isNull();
            checkSum(pool.stats());
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Test
    default void the_times_of_tasks_are_counted() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            assertThat(pool.stats().times()).isEqualTo(PoolTimes.NONE);
            var first = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var second = pool.submit(Work::square, 3);
            var never = pool.submit(Work::square, 4);
            never.cancel("it is never started");
            gate.open();
            var running = longer(
                    first.await().task().timing().running(),
                    second.await().task().timing().running());
            var waiting = second.await().task().timing().waiting();
            var times = pool.stats().times();
            assertThat(times.running().count()).isEqualTo(2);
            assertThat(times.running().max()).isEqualTo(running);
            assertThat(times.waiting().count()).isEqualTo(2);
            assertThat(times.waiting().max()).isGreaterThanOrEqualTo(waiting);
            assertThat(times.overhead().count()).isEqualTo(2);
            assertThat(times.overhead().max()).isLessThanOrEqualTo(running);
            assertThat(pool.stats().toString()).contains("running=2 of ").hasSizeLessThan(700);
        }
    }

    @Test
    @Timeout(900)
    default void a_cancel_that_races_with_completion_leaves_exactly_one_outcome() throws Exception {
        try (var pool = open(2);
                var probe = new EventProbe(pool)) {
            var counts = new HashMap<String, Long>();
            for (int round = 0; round < rounds(); round++) {
                race(pool).forEach((name, count) -> counts.merge(name, count, Long::sum));
                probe.await(TaskEnded.class, 64 * (round + 1));
            }
            var stats = pool.stats();
            checkSum(stats);
            assertThat(stats.submitted()).isEqualTo(64L * rounds());
            assertThat(stats.completed()).isEqualTo(counts.getOrDefault("Completed", 0L));
            assertThat(stats.cancelled()).isEqualTo(counts.getOrDefault("Cancelled", 0L));
            assertThat(stats.ended()).isEqualTo(stats.submitted());
            var told = probe.events(TaskEnded.class);
            assertThat(new HashSet<>(told.stream().map(TaskEnded::task).toList()))
                    .hasSize(told.size())
                    .hasSize((int) stats.submitted());
        }
    }

    /** One thread cancels from the end of the queue while the workers come from its front. */
    private static Map<String, Long> race(TaskPool pool) throws Exception {
        var handles = new ArrayList<TaskHandle<Integer>>();
        for (int i = 0; i < 64; i++) {
            handles.add(pool.submit(Work::square, i));
        }
        var start = new CyclicBarrier(2);
        var refused = new ArrayList<Integer>();
        var canceller = new Trial(() -> {
            start.await();
            for (int i = handles.size() - 1; i >= 0; i--) {
                if (!handles.get(i).cancel("racing")) {
                    refused.add(i);
                }
            }
            return "done";
        });
        start.await();
        var counts = new HashMap<String, Long>();
        List<Outcome<Integer>> outcomes = new ArrayList<>();
        for (var handle : handles) {
            outcomes.add(handle.await());
        }
        assertThat(canceller.thrown()).isNull();
        for (int i = 0; i < handles.size(); i++) {
            var outcome = outcomes.get(i);
            assertThat(handles.get(i).await()).isSameAs(outcome);
            // Who was told that the cancel counts finds a cancelled task, and nobody else does.
            assertThat(outcome instanceof Outcome.Cancelled).isEqualTo(!refused.contains(i));
            counts.merge(outcome.getClass().getSimpleName(), 1L, Long::sum);
        }
        return counts;
    }

    private static void checkSum(PoolStats stats) {
        assertThat(stats.waiting() + stats.running() + stats.ended())
                .as(stats::toString)
                .isEqualTo(stats.submitted());
        assertThat(stats.running()).as(stats::toString).isNotNegative();
        assertThat(stats.waiting()).as(stats::toString).isBetween(0, 64 + 32);
    }
}
