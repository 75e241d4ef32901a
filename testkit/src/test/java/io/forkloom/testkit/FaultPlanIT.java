package io.forkloom.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.Failed;
import io.forkloom.Retry;
import io.forkloom.SerialisationException;
import io.forkloom.TaskFunction;
import io.forkloom.TaskOptions;
import io.forkloom.ThreadPool;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.testkit.FaultPlan.InjectedException;
import io.forkloom.testkit.FaultPlan.Point;
import io.forkloom.testkit.FaultPlan.Strike;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanIT extends FaultCase {
    private static Outcome<Integer> one(FaultPlan plan) throws InterruptedException {
        try (var pool = open(1)) {
            return pool.submit(plan.function(Work::square), 3).await();
        }
    }

    @Test
    void a_kill_at_the_start_or_at_the_result_costs_the_task_its_worker() throws Exception {
        for (var at : List.of(Point.TASK_START, Point.RESULT_WRITE)) {
            try (var plan = FaultPlan.seed(1).kill(1, at)) {
                var crashed = (Crashed<Integer>) one(plan);
                assertThat(crashed.exit().code()).isEqualTo(137);
                assertThat(plan.strikes()).containsExactly(new Strike(0, 0, at, "kill"));
            }
        }
    }

    @Test
    void a_kill_in_the_task_hits_it_while_it_runs() throws Exception {
        try (var plan = FaultPlan.seed(1).kill(1, Point.IN_TASK);
                var pool = open(1)) {
            assertThat(pool.submit(plan.function(SoakWork::hang), "").await()).isInstanceOf(Crashed.class);
            assertThat(plan.strikes()).containsExactly(new Strike(0, 0, Point.IN_TASK, "kill"));
        }
    }

    @Test
    void a_kill_of_an_idle_worker_costs_no_task() throws Exception {
        try (var plan = FaultPlan.seed(1).kill(1, Point.IDLE).within(ofSeconds(2));
                var pool = open(1);
                var probe = new EventProbe(pool)) {
            assertThat(pool.call(plan.function(Work::square), 3)).isEqualTo(9);
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().code())
                    .isEqualTo(137);
            assertThat(pool.call(Work::square, 4)).isEqualTo(16);
            assertThat(pool.stats().crashed()).isZero();
            assertThat(plan.strikes()).containsExactly(new Strike(0, 0, Point.IDLE, "kill"));
        }
    }

    @Test
    void a_failure_at_the_start_is_thrown_by_the_task_and_one_at_the_result_makes_it_unserialisable() throws Exception {
        try (var plan = FaultPlan.seed(1).fail(1, Point.TASK_START)) {
            assertThat(((Failed<Integer>) one(plan)).cause()).isInstanceOf(InjectedException.class);
        }
        try (var plan = FaultPlan.seed(1).fail(1, Point.RESULT_WRITE)) {
            assertThat(((Failed<Integer>) one(plan)).cause())
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("injected at RESULT_WRITE");
            assertThat(plan.strikes()).hasSize(1);
        }
    }

    @Test
    void a_delay_makes_it_slow_and_nothing_else() throws Exception {
        for (var at : List.of(Point.TASK_START, Point.RESULT_WRITE)) {
            try (var plan = FaultPlan.seed(1).delay(1, ofMillis(200), at)) {
                var done = (Completed<Integer>) one(plan);
                assertThat(done.value()).isEqualTo(9);
                assertThat(done.task().timing().running()).isGreaterThanOrEqualTo(ofMillis(200));
            }
        }
    }

    @Test
    void the_same_seed_strikes_the_same_calls_and_another_one_others() throws Exception {
        var first = strikesOf(42);
        assertThat(strikesOf(42)).isEqualTo(first);
        assertThat(strikesOf(43)).isNotEqualTo(first);
        assertThat(first).hasSizeBetween(1, 99);
    }

    private static List<Strike> strikesOf(long seed) throws InterruptedException {
        try (var plan = FaultPlan.seed(seed).kill(0.02, Point.TASK_START).fail(0.3, Point.TASK_START);
                var pool = open(2)) {
            TaskFunction<Integer, Integer> square = plan.function(Work::square);
            var handles = new ArrayList<io.forkloom.TaskHandle<Integer>>();
            for (int i = 0; i < 50; i++) {
                handles.add(pool.submit(square, i));
            }
            var struck = new ArrayList<Long>();
            for (int i = 0; i < 50; i++) {
                if (!(handles.get(i).await() instanceof Completed)) {
                    struck.add((long) i);
                }
            }
            var strikes = plan.strikes();
            assertThat(strikes.stream().map(Strike::call).distinct().toList()).isEqualTo(struck);
            return strikes;
        }
    }

    @Test
    void a_task_that_is_started_again_draws_anew() throws Exception {
        try (var plan = FaultPlan.seed(7).kill(0.3, Point.RESULT_WRITE);
                var pool = open(2);
                var probe = new EventProbe(pool)) {
            var patient = pool.with(TaskOptions.retry(Retry.onCrash(20)));
            assertThat(patient.map(plan.function(Work::square), List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
                            .toList())
                    .isEqualTo(IntStream.range(0, 10).map(i -> i * i).boxed().toList());
            int strikes = plan.strikes().size();
            assertThat(strikes).isPositive();
            assertThat(probe.await(WorkerEnded.class, strikes)).hasSize(strikes);
        }
    }

    @Test
    void each_element_of_a_chunk_draws_for_itself() throws Exception {
        try (var plan = FaultPlan.seed(5).fail(0.5, Point.TASK_START);
                var pool = open(1)) {
            int failed = 0;
            var numbers = IntStream.range(0, 40).boxed().toList();
            try (var results = pool.map(plan.function(Work::square), numbers).chunk(20)) {
                for (var outcome : results.outcomes()) {
                    failed += outcome instanceof Failed ? 1 : 0;
                }
            }
            assertThat(plan.strikes()).hasSize(failed);
            assertThat(failed).isBetween(5, 35);
        }
    }

    @Test
    void in_a_pool_of_threads_it_delays_and_fails_and_refuses_to_kill() throws Exception {
        try (var plan = FaultPlan.seed(1).fail(0.5, Point.RESULT_WRITE);
                var pool = ThreadPool.open(c -> c.workers(1))) {
            int failed = 0;
            for (int i = 0; i < 20; i++) {
                failed += pool.submit(plan.task(Work::label)).await() instanceof Failed ? 1 : 0;
            }
            assertThat(plan.strikes()).hasSize(failed);
            assertThat(failed).isBetween(1, 19);
            var deadly = FaultPlan.seed(1).kill(1, Point.TASK_START);
            assertThatThrownBy(() -> pool.call(deadly.function(Work::square), 3))
                    .hasMessageContaining("a kill is for workers that are processes");
            deadly.close();
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        try (var plan = FaultPlan.seed(1)) {
            assertThatThrownBy(() -> plan.kill(1.5, Point.IDLE)).hasMessageContaining("1.5");
            assertThatThrownBy(() -> plan.fail(1, Point.IDLE)).hasMessageContaining("kills only");
        }
    }
}
