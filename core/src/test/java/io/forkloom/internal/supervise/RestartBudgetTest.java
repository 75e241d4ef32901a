package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private final RestartBudget budget = new RestartBudget(3, Duration.ofSeconds(10));

    @Test
    void the_first_restart_is_immediate_and_each_further_one_waits_twice_as_long() {
        assertThat(budget.startFailed()).hasValue(0);
        assertThat(budget.startFailed()).hasValue(50_000_000);
        assertThat(budget.startFailed()).hasValue(100_000_000);
    }

    @Test
    void one_failure_too_many_within_the_window_ends_it() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.startFailed()).isPresent();
        }
        assertThat(budget.startFailed()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void failures_outside_of_the_window_are_forgotten() {
        for (int i = 0; i < 40; i++) {
            assertThat(budget.idleDied(i * (6 * SECOND))).isPresent();
        }
    }

    @Test
    void failed_starts_in_a_row_add_up_however_long_each_takes() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.startFailed()).isPresent();
        }
        assertThat(budget.startFailed()).isEmpty();
    }

    @Test
    void a_finished_task_clears_the_count() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.startFailed()).hasValue(0);
            budget.finished();
        }
    }

    @Test
    void failed_starts_do_not_add_up_while_others_become_ready() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.startFailed()).isPresent();
            budget.ready();
        }
    }

    @Test
    void workers_that_die_idle_are_borne_longer_but_not_for_ever() {
        for (int i = 0; i < 3 * RestartBudget.PATIENCE; i++) {
            assertThat(budget.idleDied(i)).isPresent();
            budget.ready();
        }
        assertThat(budget.idleDied(100)).isEmpty();
    }

    @Test
    void it_says_that_starts_failed_in_a_row_where_that_ended_it() {
        assertThat(budget).hasToString("bears 3 failed starts in a row, and 12 deaths of idle workers within 10 s");
        for (int i = 0; i < 4; i++) {
            budget.startFailed();
        }
        assertThat(budget).hasToString("4 starts failed in a row");
    }

    @Test
    void it_says_that_workers_died_idle_where_that_ended_it() {
        var brief = new RestartBudget(1, Duration.ofMillis(500));
        brief.startFailed();
        for (int i = 0; i < 5; i++) {
            brief.idleDied(i);
        }
        assertThat(brief).hasToString("5 workers died idle within 500 ms");
        brief.startFailed();
        assertThat(brief).as("what ended it is what came first").hasToString("5 workers died idle within 500 ms");
    }
}
