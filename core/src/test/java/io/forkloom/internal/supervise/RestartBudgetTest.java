package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private final RestartBudget budget = new RestartBudget(3, Duration.ofSeconds(10), Duration.ofSeconds(60));

    @Test
    void the_first_restart_is_immediate_and_each_further_one_waits_twice_as_long() {
        assertThat(budget.startFailed(0)).hasValue(0);
        assertThat(budget.startFailed(0)).hasValue(50_000_000);
        assertThat(budget.startFailed(0)).hasValue(100_000_000);
    }

    @Test
    void one_failure_too_many_within_the_window_ends_it() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.startFailed(0)).isPresent();
        }
        assertThat(budget.startFailed(0)).isEqualTo(OptionalLong.empty());
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
            assertThat(budget.startFailed(0)).isPresent();
        }
        assertThat(budget.startFailed(0)).isEmpty();
    }

    @Test
    void a_finished_task_clears_the_count() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.startFailed(0)).hasValue(0);
            budget.finished();
        }
    }

    @Test
    void failed_starts_do_not_add_up_while_others_become_ready() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.startFailed(0)).isPresent();
            budget.ready();
        }
    }

    @Test
    void workers_that_die_idle_are_borne_longer_but_not_for_ever() {
        for (int i = 0; i < 3 * RestartBudget.OUTSIDE; i++) {
            assertThat(budget.idleDied(i)).isPresent();
            budget.ready();
        }
        assertThat(budget.idleDied(100)).isEmpty();
    }

    @Test
    void a_start_without_room_is_tried_again_more_and_more_seldom() {
        assertThat(budget.startHadNoRoom(0)).hasValue(SECOND / 20);
        assertThat(budget.startHadNoRoom(SECOND / 20)).hasValue(SECOND / 20);
        assertThat(budget.startHadNoRoom(SECOND)).hasValue(SECOND);
        assertThat(budget.startHadNoRoom(SECOND)).as("of another slot").hasValue(SECOND);
        assertThat(budget.startHadNoRoom(50 * SECOND)).hasValue(4 * SECOND);
    }

    @Test
    void starts_without_room_end_it_after_a_time_however_many_they_are() {
        for (int i = 0; i <= 60; i++) {
            assertThat(budget.startHadNoRoom(i * SECOND)).isPresent();
        }
        assertThat(budget.startFailed(61 * SECOND)).as("another matter").isPresent();
        assertThat(budget.startHadNoRoom(61 * SECOND + SECOND / 3)).isEmpty();
        assertThat(budget).hasToString("for 61.3 s there was no room to start one, in 62 starts");
    }

    @Test
    void a_shortage_that_passes_is_forgotten() {
        for (int i = 0; i < 10; i++) {
            assertThat(budget.startHadNoRoom(i * 60L * SECOND)).hasValue(SECOND / 20);
            budget.ready();
        }
    }

    @Test
    void it_says_how_many_starts_failed_and_in_what_time() {
        assertThat(budget)
                .hasToString(
                        "bears 3 failed starts in a row, 12 deaths of idle workers within 10 s, and no room for 60 s");
        for (int i = 0; i < 4; i++) {
            budget.startFailed(i * SECOND / 2);
        }
        assertThat(budget).hasToString("4 starts in a row failed, within 1.5 s");
    }

    @Test
    void it_says_that_workers_died_idle_where_that_ended_it() {
        var brief = new RestartBudget(1, Duration.ofMillis(500), Duration.ofSeconds(60));
        brief.startFailed(0);
        for (int i = 0; i < 5; i++) {
            brief.idleDied(i * SECOND / 10);
        }
        String end = "5 workers died idle within 400 ms, before any had finished a task";
        assertThat(brief).hasToString(end);
        brief.startFailed(SECOND);
        assertThat(brief).as("what ended it is what came first").hasToString(end);
    }
}
