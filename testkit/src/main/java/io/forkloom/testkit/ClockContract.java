package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.NotStarted;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskContext;
import io.forkloom.TaskNotStartedException;
import io.forkloom.TaskOptions;
import io.forkloom.TaskTimedOutException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The clocks of a task: waiting, running, silence, and the limit that only interrupts. */
interface ClockContract extends PoolUnderTest {

    /** For two seconds, in forty steps. */
    static int tellingSteps(int steps) throws InterruptedException {
        for (int step = 1; step <= steps; step++) {
            TaskContext.current().progress(step, steps);
            Thread.sleep(50);
        }
        return steps;
    }

    static String tellingOnce(Gate.Door door) throws IOException {
        TaskContext.current().progress(3, 10);
        return door.pass("told");
    }

    static String extending(int millis) throws InterruptedException {
        TaskContext.current().extendDeadline(Duration.ofMinutes(1));
        Thread.sleep(millis);
        return "in time";
    }

    static String tidyingUp(Gate.Door door) throws IOException {
        try {
            Thread.sleep(Duration.ofMinutes(1));
            return "never";
        } catch (InterruptedException e) {
            return "tidied up";
        }
    }

    static int lengthOnceInterrupted(byte[] bytes) {
        try {
            Thread.sleep(Duration.ofMinutes(1));
            return -1;
        } catch (InterruptedException e) {
            return bytes.length;
        }
    }

    static String givingUp(String reason) throws InterruptedException {
        try {
            Thread.sleep(Duration.ofMinutes(1));
            return "never";
        } catch (InterruptedException e) {
            throw new IllegalStateException(reason, e);
        }
    }

    static long computing(long from) throws InterruptedException {
        for (long n = from; ; n++) {
            if (n % 1_000_000 == 0) {
                TaskContext.current().checkCancelled();
            }
        }
    }

    @Test
    default void a_task_that_tells_of_progress_is_not_silent() throws Exception {
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.NONE.withSilenceLimit(Duration.ofMillis(1_500)));
            assertThat(view.call(ClockContract::tellingSteps, 40)).isEqualTo(40);
        }
    }

    static int tellingForEver(int pause) throws InterruptedException {
        for (int step = 0; ; step++) {
            TaskContext.current().progress(step, 0);
            Thread.sleep(pause);
        }
    }

    @Test
    default void a_task_that_tells_of_progress_for_ever_meets_its_deadline() throws Exception {
        try (var pool = open(1)) {
            var options = TaskOptions.deadline(Duration.ofMillis(800)).withSilenceLimit(Duration.ofMillis(600));
            var outcome = (TimedOut<?>)
                    pool.with(options).submit(ClockContract::tellingForEver, 10).await();
            assertThat(outcome.deadline()).isEqualTo(Duration.ofMillis(800));
            assertThat(outcome.report().progress()).isPresent();
        }
    }

    @Test
    default void a_task_that_tells_nothing_for_too_long_is_stopped_and_its_last_progress_kept() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            pool.with(TaskOptions.label("first")).call(Work::square, 3);
            var view = pool.with(TaskOptions.NONE.withSilenceLimit(Duration.ofSeconds(1)));
            var late = view.submit(ClockContract::tellingOnce, gate.door());
            var outcome = (TimedOut<?>) late.await();
            assertThat(outcome.deadline()).isEqualTo(Duration.ofSeconds(1));
            assertThat(outcome.report().progress()).hasToString("Optional[3 of 10]");
            assertThat(outcome.report().ranBefore()).containsExactly("first");
            assertThatThrownBy(late::join)
                    .isInstanceOf(TaskTimedOutException.class)
                    .hasMessageContaining("told of no progress for 1 s")
                    .hasMessageContaining("3 of 10");
            gate.arrivals(1).getFirst().awaitGone();
        }
    }

    @Test
    default void the_report_of_a_stopped_task_says_what_it_was_doing() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var view = pool.with(TaskOptions.deadline(Duration.ofSeconds(1)));
            var report = Optional.<String>empty();
            for (int i = 0; report.isEmpty() && i < 5; i++) { // a worker that is starved is killed without a word
                var outcome =
                        (TimedOut<?>) view.submit(Gate.Door::pass, gate.door()).await();
                report = outcome.report().threads();
            }
            assertThat(report.orElseThrow())
                    .contains("io.forkloom.testkit.Gate$Door.pass")
                    .doesNotContain("io.forkloom.internal");
        }
    }

    @Test
    default void a_task_can_extend_its_deadline() throws Exception {
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.deadline(Duration.ofSeconds(1)));
            assertThat(view.call(ClockContract::extending, 1_500)).isEqualTo("in time");
        }
    }

    @Test
    default void a_soft_limit_lets_a_task_end_by_itself() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var view = pool.with(TaskOptions.NONE.withSoftLimit(Duration.ofMillis(200)));
            assertThat(view.call(ClockContract::tidyingUp, gate.door())).isEqualTo("tidied up");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    /** The pool's word may be there before the worker has read the arguments. */
    @Test
    default void a_soft_limit_that_passes_before_its_task_has_begun_interrupts_it_all_the_same() throws Exception {
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.deadline(Duration.ofSeconds(20)).withSoftLimit(Duration.ofNanos(1)));
            var arguments = new byte[8 << 20];
            for (int i = 0; i < 10; i++) {
                assertThat(view.call(ClockContract::lengthOnceInterrupted, arguments))
                        .isEqualTo(arguments.length);
            }
        }
    }

    @Test
    default void a_task_that_throws_at_its_soft_limit_has_timed_out_and_costs_no_worker() throws Exception {
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.NONE.withSoftLimit(Duration.ofMillis(200)));
            var outcome = (TimedOut<?>)
                    view.submit(ClockContract::givingUp, "half done").await();
            assertThat(outcome.deadline()).isEqualTo(Duration.ofMillis(200));
            assertThat(outcome.cause().orElseThrow()).hasMessage("half done");
            assertThatThrownBy(outcome::orThrow).hasMessageContaining("gave up when it was interrupted after 200 ms");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
            assertThat(pool.stats().timedOut()).isEqualTo(1);
        }
    }

    @Test
    default void a_task_that_computes_can_ask_whether_it_should_stop() throws Exception {
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.NONE.withSoftLimit(Duration.ofMillis(200)));
            var outcome =
                    (TimedOut<?>) view.submit(ClockContract::computing, 1L).await();
            assertThat(outcome.cause().orElseThrow()).isInstanceOf(InterruptedException.class);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    default void a_task_that_waits_too_long_for_a_worker_is_not_started() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var blocker = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var view = pool.with(TaskOptions.NONE.withWaitLimit(Duration.ofMillis(200)));
            var waiting = view.submit(Work::square, 4);
            assertThat(waiting.await()).isInstanceOf(NotStarted.class);
            assertThatThrownBy(waiting::join)
                    .isInstanceOf(TaskNotStartedException.class)
                    .hasMessageContaining("no worker could turn to it");
            gate.open();
            assertThat(blocker.await().orThrow()).isNotNull();
            assertThat(view.call(Work::square, 5)).isEqualTo(25);
        }
    }
}
