package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.CrashReport;
import io.forkloom.event.WorkerExit;
import io.forkloom.internal.dispatch.TaskState.Ended;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is decided, without threads and without time. */
class FloorTest {
    private static final Duration LIMIT = Duration.ofSeconds(7);

    private final ManualLater later = new ManualLater();
    private final After<String> after = new After<>();
    private final ScriptedWorker worker = new ScriptedWorker(0, 1);
    private final Floor<String> floor = floor(1);

    private Floor<String> floor(int workers) {
        var staffing = Staffing.of(workers);
        var posts = new Posts<String>(staffing, new Recycling(staffing.lifetime(), most -> 0));
        return new Floor<>(new WaitingRoom<>(100, 1_000), posts, later);
    }

    private QueuedTask<String> accepted(Limits limits, Retries retries) {
        var task = new QueuedTask<>("call", 1, "Acme::work", limits, retries, new Pace());
        floor.accept(task, after);
        return task;
    }

    private QueuedTask<String> accepted() {
        return accepted(Limits.NONE, Retries.NONE);
    }

    private static Departure crashed(ScriptedWorker worker, Optional<String> reason) {
        var exit = new WorkerExit(worker.id(), 4711, 137, false, Optional.empty(), reason, OptionalLong.empty());
        return new Departure(exit, CrashReport.NONE, Optional.empty(), Optional.empty(), false);
    }

    private void answer(ScriptedWorker by, long ticket) {
        floor.answered(by, List.of(new Answered(ticket, false, 1, "value")), 0, after);
    }

    @Test
    void the_wait_limit_of_an_attempt_begins_anew_and_that_of_the_one_before_means_nothing() {
        var limits = new Limits(Optional.of(LIMIT), Optional.empty(), Optional.empty(), Optional.empty());
        floor.ready(worker, after);
        var task = accepted(limits, new Retries(2, true, false, 0));
        worker.turnedTo = task.ticket;
        floor.gone(worker, crashed(worker, Optional.empty()), after);
        assertThat(later.alarms).extracting(alarm -> alarm.nanos).containsExactly(LIMIT.toNanos(), LIMIT.toNanos());
        assertThat(later.alarms.get(0).cancelled).isTrue();
        later.alarms.get(0).ring(); // it was ringing already
        assertThat(task.state).isInstanceOf(Waiting.class);
        later.alarms.get(1).ring();
        assertThat(task.state).isInstanceOf(Ended.class);
    }

    @Test
    void a_close_that_drains_no_longer_lets_an_answer_come_that_is_on_its_way() {
        floor.ready(worker, after);
        var task = accepted();
        worker.turnedTo = task.ticket;
        worker.finished = task.ticket;
        floor.strikeAll("closed", after);
        assertThat(task.state).isInstanceOf(Given.class);
        answer(worker, task.ticket);
        assertThat(task.state).isEqualTo(new Ended(new Ending.Answered(false, "value")));
        assertThat(floor.isEmpty()).isTrue();
    }

    @Test
    void an_answer_that_is_on_its_way_and_does_not_come_before_the_worker_ends_is_cancelled_by_close() {
        floor.ready(worker, after);
        var task = accepted();
        worker.turnedTo = task.ticket;
        worker.finished = task.ticket;
        floor.strikeAll("closed", after);
        floor.gone(worker, crashed(worker, Optional.of("closed")), after);
        assertThat(task.state).isEqualTo(new Ended(new Ending.Cancelled("closed")));
    }

    @Test
    void an_answer_that_never_comes_from_a_worker_that_never_ends_is_cancelled_at_the_end_of_close() {
        floor.ready(worker, after);
        var task = accepted();
        worker.turnedTo = task.ticket;
        worker.finished = task.ticket;
        floor.strikeAll("closed", after);
        floor.abandonAll("closed", after);
        assertThat(task.state).isEqualTo(new Ended(new Ending.Cancelled("closed")));
        answer(worker, task.ticket);
        assertThat(task.state).isEqualTo(new Ended(new Ending.Cancelled("closed")));
        assertThat(floor.isEmpty()).isTrue();
    }

    @Test
    void a_close_that_drains_no_longer_cancels_what_runs() {
        floor.ready(worker, after);
        var task = accepted();
        worker.turnedTo = task.ticket;
        floor.strikeAll("closed", after);
        floor.gone(worker, crashed(worker, Optional.of("closed")), after);
        assertThat(task.state).isEqualTo(new Ended(new Ending.Cancelled("closed")));
    }

    @Test
    void an_answer_counts_that_comes_behind_one_whose_task_was_struck() {
        floor.ready(worker, after);
        var pace = new Pace();
        for (int i = 0; i < 16; i++) {
            pace.ran(1_000);
        }
        var limits = new Limits(Optional.empty(), Optional.of(LIMIT), Optional.empty(), Optional.empty());
        var first = new QueuedTask<>("call", 1, "Acme::work", limits, Retries.NONE, pace);
        var second = new QueuedTask<>("call", 1, "Acme::work", Limits.NONE, Retries.NONE, pace);
        floor.accept(first, after);
        floor.accept(second, after);
        worker.turnedTo = second.ticket;
        var lapse = new Limits.Lapse(Limits.Clock.RUNNING, LIMIT);
        floor.ranOut(Objects.requireNonNull(first.load), first, lapse, after);
        answer(worker, first.ticket);
        answer(worker, second.ticket);
        assertThat(second.state).isEqualTo(new Ended(new Ending.Answered(false, "value")));
        floor.gone(worker, crashed(worker, Optional.of("its time was over")), after);
        assertThat(first.state)
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.ending()).isInstanceOf(Ending.TimedOut.class));
        assertThat(floor.isEmpty()).isTrue();
    }
}
