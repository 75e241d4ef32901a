package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Failed;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskOptions;
import io.forkloom.TaskTimedOutException;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A failure explains itself, and costs one task. */
public interface FailureContract extends PoolUnderTest {

    @Test
    default void what_a_task_throws_arrives_with_type_fields_message_cause_and_frames() {
        try (var pool = open(1)) {
            var thrown = catchThrowableOfType(TaskFailedException.class, () -> pool.call(Work::fail, 7));
            var cause = (Work.OrderException) Objects.requireNonNull(thrown.getCause());
            assertThat(cause.order).isEqualTo(7);
            assertThat(cause).hasMessage("order 7 is out of stock");
            assertThat(cause.getCause())
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("stock-7");
            assertThat(cause.getStackTrace()[0].getMethodName()).isEqualTo("fail");
            assertThat(cause.getStackTrace()[0].getFileName()).isEqualTo("Work.java");
        }
    }

    @Test
    default void the_message_says_which_task_which_worker_and_where_it_was_submitted() {
        try (var pool = open(1)) {
            assertThatThrownBy(() -> pool.call(Work::fail, 7))
                    .hasMessageContaining("Work::fail")
                    .hasMessageContaining("submitted at FailureContract.java:")
                    .hasMessageContaining("in worker 0.1")
                    .hasMessageContaining("order 7 is out of stock");
            assertThatThrownBy(() -> pool.with(TaskOptions.label("page 7")).call(Work::fail, 7))
                    .hasMessageContaining("page 7")
                    .hasMessageContaining("submitted at FailureContract.java:");
        }
    }

    @Test
    default void the_trace_of_a_failed_call_reaches_the_line_that_called() {
        try (var pool = open(1)) {
            var thrown = catchThrowable(() -> pool.call(Work::fail, 7));
            assertThat(Arrays.stream(thrown.getStackTrace())
                            .map(StackTraceElement::getFileName)
                            .toList())
                    .contains("FailureContract.java");
        }
    }

    @Test
    default void an_error_is_a_failure_like_any_other() throws Exception {
        try (var pool = open(1)) {
            var outcome = pool.submit(Work::failWithError, "no such luck").await();
            assertThat(outcome).isInstanceOf(Failed.class);
            assertThat(((Failed<?>) outcome).cause())
                    .isExactlyInstanceOf(AssertionError.class)
                    .hasMessage("no such luck");
            var deep = pool.submit(Faults::stackOverflow, 0).await();
            assertThat(((Failed<?>) deep).cause()).isInstanceOf(StackOverflowError.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    default void a_task_beyond_its_deadline_times_out_and_the_pool_works_on() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var limit = Duration.ofSeconds(1); // time enough to arrive, in a fresh worker too
            var late = pool.with(TaskOptions.deadline(limit)).submit(Gate.Door::pass, gate.door());
            var behind = pool.submit(Work::square, 4);
            var outcome = late.await();
            assertThat(outcome).isInstanceOf(TimedOut.class);
            assertThat(((TimedOut<?>) outcome).deadline()).isEqualTo(limit);
            assertThatThrownBy(late::join)
                    .isInstanceOf(TaskTimedOutException.class)
                    .hasMessageContaining("Door::pass")
                    .hasMessageContaining("deadline of 1 s");
            gate.arrivals(1).getFirst().awaitGone(); // it was really stopped
            assertThat(behind.join()).isEqualTo(16);
            assertThat(pool.stats().timedOut()).isEqualTo(1);
        }
    }

    @Test
    default void time_in_the_queue_does_not_count_towards_the_deadline() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var blocker = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var limit = Duration.ofSeconds(20);
            var waiting = pool.with(TaskOptions.deadline(limit)).submit(Work::square, 4);
            gate.open();
            assertThat(waiting.join()).isEqualTo(16);
            assertThat(blocker.await()).isInstanceOf(Outcome.Completed.class);
        }
    }

    @Test
    default void a_deadline_longer_than_any_clock_is_no_deadline() throws Exception {
        try (var pool = open(1)) {
            var view = pool.with(TaskOptions.deadline(Duration.ofSeconds(Long.MAX_VALUE)));
            assertThat(view.call(Work::square, 5)).isEqualTo(25);
            assertThat(pool.call(Work::square, 6)).isEqualTo(36);
        }
    }
}
