package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Failed;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskCancelledException;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskTimedOutException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A map takes arguments as it goes, in bounded memory, and gives a result for each. */
public interface MapContract extends PoolUnderTest {

    private static List<Integer> numbers(int until) {
        return IntStream.range(0, until).boxed().toList();
    }

    private static List<Integer> squares(int until) {
        return IntStream.range(0, until).map(i -> i * i).boxed().toList();
    }

    /** 0, 1, 2 … for ever, counting what was taken. */
    private static Iterable<Integer> endless(AtomicInteger taken) {
        return () -> IntStream.iterate(0, i -> i + 1)
                .peek(i -> taken.incrementAndGet())
                .iterator();
    }

    @Test
    default void a_map_keeps_the_order_of_its_arguments() throws Exception {
        try (var pool = open(2)) {
            assertThat(pool.map(Work::square, numbers(500)).toList()).isEqualTo(squares(500));
            assertThat(pool.map(Work::square, numbers(500)).ordered().chunk(7).toList())
                    .isEqualTo(squares(500));
            assertThat(pool.map(Work::square, List.<Integer>of()).toList()).isEmpty();
        }
    }

    @Test
    default void a_map_as_completed_gives_every_result_once() throws Exception {
        try (var pool = open(2)) {
            assertThat(pool.map(Work::square, numbers(500)).asCompleted().toList())
                    .containsExactlyInAnyOrderElementsOf(squares(500));
            assertThat(pool.map(Work::square, numbers(500))
                            .asCompleted()
                            .chunk(33)
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(squares(500));
        }
    }

    @Test
    default void as_completed_a_fast_task_overtakes_a_slow_one() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(2)) {
            var door = gate.door();
            var results = pool.<Integer, Integer>map(
                            number -> {
                                if (number == 0) {
                                    door.pass("slow");
                                }
                                return number;
                            },
                            numbers(3))
                    .asCompleted();
            try (results) {
                var iterator = results.iterator();
                assertThat(List.of(iterator.next(), iterator.next())).containsExactlyInAnyOrder(1, 2);
                gate.open();
                assertThat(iterator.next()).isZero();
                assertThat(iterator.hasNext()).isFalse();
            }
        }
    }

    @Test
    default void a_map_reads_only_a_few_arguments_ahead_of_its_results() throws Exception {
        var taken = new AtomicInteger();
        try (var pool = open(2);
                var results = pool.map(Work::square, endless(taken))) {
            assertThat(taken).hasValue(0);
            var iterator = results.iterator();
            for (int i = 0; i < 100; i++) {
                assertThat(iterator.next()).isEqualTo(i * i);
                assertThat(taken.get()).isLessThanOrEqualTo(i + 1 + 3 * pool.workers());
            }
        }
    }

    @Test
    default void a_map_in_chunks_reads_only_a_few_chunks_ahead() throws Exception {
        var taken = new AtomicInteger();
        try (var pool = open(2);
                var results = pool.map(Work::square, endless(taken)).chunk(10)) {
            var iterator = results.iterator();
            for (int i = 0; i < 200; i++) {
                assertThat(iterator.next()).isEqualTo(i * i);
                assertThat(taken.get()).isLessThanOrEqualTo(i + 1 + 10 * (3 * pool.workers() + 1));
            }
        }
    }

    @Test
    default void a_map_lets_go_of_the_results_that_it_has_given() throws Exception {
        try (var pool = open(1)) {
            for (boolean ordered : new boolean[] {true, false}) {
                var results = pool.map(Work::count, Collections.nCopies(50, 1000));
                var iterator = (ordered ? results.ordered() : results.asCompleted()).iterator();
                var first = new WeakReference<>(iterator.next());
                for (int i = 0; i < 40; i++) {
                    iterator.next();
                }
                for (int i = 0; i < 50 && first.get() != null; i++) {
                    System.gc();
                }
                assertThat(first.get()).isNull();
                results.close();
            }
        }
    }

    @Test
    default void a_map_throws_at_its_first_failure_and_cancels_the_rest() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(2);
                var probe = new EventProbe(pool)) {
            var door = gate.door();
            try (var results = pool.<Integer, Integer>map(
                    number -> {
                        if (number > 7) {
                            door.pass("behind the failure");
                        }
                        return Work.failAtSeven(number);
                    },
                    numbers(100))) {
                var iterator = results.iterator();
                for (int i = 0; i < 7; i++) {
                    assertThat(iterator.next()).isEqualTo(i * i);
                }
                assertThatThrownBy(iterator::next)
                        .isInstanceOf(TaskFailedException.class)
                        .hasMessageContaining("seven");
            }
            var stats = pool.stats();
            probe.await(io.forkloom.event.PoolEvent.TaskEnded.class, (int) stats.submitted());
            assertThat(pool.stats().failed()).isEqualTo(1);
            assertThat(pool.stats().ended()).isEqualTo(stats.submitted());
            assertThat(stats.submitted()).isLessThan(100);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void outcomes_never_throw_and_there_is_one_for_each_argument() throws Exception {
        try (var pool = open(2)) {
            for (int chunk : new int[] {1, 4}) {
                int completed = 0;
                int failed = 0;
                for (Outcome<Integer> outcome :
                        pool.map(Work::failAtSeven, numbers(20)).chunk(chunk).outcomes()) {
                    completed += outcome instanceof Completed ? 1 : 0;
                    failed += outcome instanceof Failed(var cause, var _) && "seven".equals(cause.getMessage()) ? 1 : 0;
                }
                assertThat(completed).isEqualTo(19);
                assertThat(failed).isEqualTo(1);
            }
        }
    }

    @Test
    default void a_failure_in_a_chunk_names_the_function_and_the_line_of_the_map() throws Exception {
        try (var pool = open(1)) {
            assertThatThrownBy(() ->
                            pool.map(Work::failAtSeven, numbers(9)).chunk(4).toList())
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("Work::failAtSeven")
                    .hasMessageContaining("submitted at MapContract.java:")
                    .hasRootCauseMessage("seven");
        }
    }

    @Test
    default void a_map_within_a_time_gives_what_it_has_and_then_throws() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(2)) {
            var door = gate.door();
            var results = pool.<Integer, Integer>map(number -> stopAt(2, number, door), numbers(10))
                    .within(Duration.ofSeconds(2));
            var got = new ArrayList<Integer>();
            assertThatThrownBy(() -> results.forEach(got::add))
                    .isInstanceOf(TaskTimedOutException.class)
                    .hasMessageContaining("the map's time-out of 2 s was over after 2 results");
            assertThat(got).containsExactly(0, 1);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void the_outcomes_of_a_map_within_a_time_say_what_timed_out() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            var kinds = new HashSet<Class<?>>();
            for (var outcome : pool.<Integer, Integer>map(number -> stopAt(1, number, door), numbers(3))
                    .within(Duration.ofSeconds(1))
                    .outcomes()) {
                kinds.add(outcome.getClass());
                if (outcome instanceof TimedOut(var limit, var reason, var _, var _, var _)) {
                    assertThat(limit).isEqualTo(Duration.ofSeconds(1));
                    assertThat(reason).isEqualTo("the map's time-out of 1 s was over after 1 result");
                }
            }
            assertThat(kinds).containsExactlyInAnyOrder(Completed.class, TimedOut.class);
        }
    }

    @Test
    default void a_map_within_no_time_at_all_throws_at_once() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            for (var none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
                var results = pool.<Integer, Integer>map(number -> stopAt(0, number, door), numbers(3))
                        .within(none);
                assertThatThrownBy(results::toList).isInstanceOf(TaskTimedOutException.class);
            }
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void a_map_within_a_time_does_not_wait_longer_for_room_in_a_full_queue() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, 1)) {
            var _ = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.submit(Work::square, 1);
            var results = pool.map(Work::square, numbers(10)).within(Duration.ofMillis(300));
            var map = new Trial(results::toList);
            assertThat(map.thrown())
                    .isInstanceOf(TaskTimedOutException.class)
                    .hasMessageContaining("Work::square")
                    .hasMessageContaining("time-out of 300 ms was over after 0 results");
            gate.open();
            assertThat(waiting.join()).isEqualTo(1);
        }
    }

    private static int stopAt(int which, int number, Gate.Door door) throws java.io.IOException {
        if (number >= which) {
            door.pass("beyond");
        }
        return number;
    }

    @Test
    default void closing_a_map_cancels_what_is_under_way() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            try (var results = pool.<Integer, Integer>map(number -> stopAt(1, number, door), numbers(50))) {
                assertThat(results.iterator().next()).isZero();
                gate.arrivals(1);
            }
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().cancelled()).isPositive();
            assertThat(pool.stats().submitted()).isLessThan(50);
        }
    }

    @Test
    default void interrupting_an_iteration_cancels_the_map() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            var results = pool.<Integer, Integer>map(number -> stopAt(0, number, door), numbers(50));
            var iteration = new Trial(results::toList);
            gate.arrivals(1).getFirst();
            iteration.thread().interrupt();
            assertThat(iteration.thrown()).isInstanceOf(TaskCancelledException.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void a_source_that_throws_ends_the_map_with_its_exception() throws Exception {
        try (var pool = open(1)) {
            Iterable<Integer> source = () -> IntStream.iterate(0, i -> i + 1)
                    .peek(i -> {
                        if (i == 3) {
                            throw new IllegalStateException("the source ran dry");
                        }
                    })
                    .iterator();
            assertThatThrownBy(() -> pool.map(Work::square, source).toList())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the source ran dry");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void results_can_be_iterated_once() throws Exception {
        try (var pool = open(1)) {
            var results = pool.map(Work::square, numbers(3));
            assertThat(results.toList()).containsExactly(0, 1, 4);
            assertThatThrownBy(results::iterator).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> results.chunk(2)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    default void a_map_whose_pool_is_closed_says_what_became_of_each_task() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(new Setup(1, 256, Duration.ZERO));
            var door = gate.door();
            var seen = new ArrayList<Outcome<Integer>>();
            var iterator = pool.<Integer, Integer>map(number -> stopAt(0, number, door), numbers(3))
                    .outcomes()
                    .iterator();
            var iteration = new Trial(() -> {
                iterator.forEachRemaining(seen::add);
                return seen;
            });
            gate.arrivals(1);
            pool.close();
            assertThat(iteration.thrown()).isNull();
            assertThat(seen).hasSize(3);
            assertThat(seen.getFirst()).isInstanceOf(Cancelled.class);
            assertThat(seen.getLast()).isInstanceOf(Outcome.NotStarted.class);
        }
    }
}
