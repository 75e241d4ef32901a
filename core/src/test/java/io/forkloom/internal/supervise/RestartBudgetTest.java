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
        assertThat(budget.failed(0)).hasValue(0);
        assertThat(budget.failed(1)).hasValue(50_000_000);
        assertThat(budget.failed(2)).hasValue(100_000_000);
    }

    @Test
    void one_failure_too_many_within_the_window_ends_it() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.failed(i)).isPresent();
        }
        assertThat(budget.failed(9 * SECOND)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void failures_outside_of_the_window_are_forgotten() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.failed(i * (6 * SECOND))).isPresent();
        }
    }

    @Test
    void a_finished_task_clears_the_count() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.failed(i)).hasValue(0);
            budget.cleared();
        }
    }
}
