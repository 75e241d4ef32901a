package io.forkloom.testkit;

import io.forkloom.TaskPool;

/** A pool without threads and time keeps the contract of all pools, as far as that speaks of neither. */
class DirectContractTest extends TaskPoolContract {
    @Override
    public TaskPool open(Setup setup) {
        return DirectPool.open();
    }

    // What these tests submit runs at once, on their own thread: none is under way beside it, to be waited for, ...

    @Override
    public void a_handle_tells_nothing_before_the_end_and_the_same_ever_after() {}

    @Override
    public void a_handle_says_what_its_task_does() {}

    @Override
    public void interrupting_await_leaves_the_task_alone() {}

    @Override
    public void as_completed_a_fast_task_overtakes_a_slow_one() {}

    @Override
    public void close_refuses_who_waits_for_room() {}

    @Override
    public void submit_waits_while_the_queue_is_full_and_goes_on_when_there_is_room() {}

    @Override
    public void try_submit_is_empty_while_the_queue_is_full_and_then_nothing_was_accepted() {}

    @Override
    public void an_interrupted_submitter_has_submitted_nothing() {}

    @Override
    public void cancelling_a_waiting_task_makes_room_for_a_parked_submitter() {}

    @Override
    public void an_interrupt_refuses_who_waits_for_room_in_an_executor() {}

    /** A callback that waits for another one. */
    @Override
    public void what_waits_for_the_end_may_wait_itself() {}

    // ... or cancelled, ...

    @Override
    public void cancelling_a_waiting_task_takes_it_out_of_the_queue() {}

    @Override
    public void cancelling_a_running_task_stops_it_and_the_pool_works_on() {}

    @Override
    public void a_second_cancel_is_refused_and_the_first_reason_stays() {}

    @Override
    public void interrupting_a_call_cancels_its_task_and_waits_for_its_end() {}

    @Override
    public void closing_a_map_cancels_what_is_under_way() {}

    @Override
    public void interrupting_an_iteration_cancels_the_map() {}

    @Override
    public void a_map_whose_pool_is_closed_says_what_became_of_each_task() {}

    @Override
    public void close_without_draining_cancels_what_runs_and_does_not_start_what_waits() {}

    @Override
    public void close_starts_no_new_workers() {}

    @Override
    public void an_interrupted_close_does_not_wait_for_tasks_and_keeps_the_interrupt() {}

    @Override
    public void invoke_any_gives_one_value_and_stops_the_others() {}

    @Override
    public void shutdown_now_cancels_the_tasks_of_its_view_only() {}

    @Override
    public void a_handle_as_a_completable_future_tells_value_failure_and_cancellation() {}

    @Override
    public void who_completes_the_future_of_a_task_cancels_the_task() {}

    // ... and no time passes.

    @Override
    public void a_task_beyond_its_deadline_times_out_and_the_pool_works_on() {}

    @Override
    public void time_in_the_queue_does_not_count_towards_the_deadline() {}

    @Override
    public void a_task_that_tells_of_progress_for_ever_meets_its_deadline() {}

    @Override
    public void a_task_that_tells_nothing_for_too_long_is_stopped_and_its_last_progress_kept() {}

    @Override
    public void the_report_of_a_stopped_task_says_what_it_was_doing() {}

    @Override
    public void a_soft_limit_lets_a_task_end_by_itself() {}

    @Override
    public void a_soft_limit_that_passes_before_its_task_has_begun_interrupts_it_all_the_same() {}

    @Override
    public void a_task_that_throws_at_its_soft_limit_has_timed_out_and_costs_no_worker() {}

    @Override
    public void a_task_that_computes_can_ask_whether_it_should_stop() {}

    @Override
    public void a_task_that_waits_too_long_for_a_worker_is_not_started() {}

    @Override
    public void a_map_within_a_time_gives_what_it_has_and_then_throws() {}

    @Override
    public void the_outcomes_of_a_map_within_a_time_say_what_timed_out() {}

    @Override
    public void a_map_within_a_time_does_not_wait_longer_for_room_in_a_full_queue() {}

    @Override
    public void invoke_all_cancels_what_has_not_ended_in_time() {}

    @Override
    public void the_times_of_tasks_are_counted() {}
}
