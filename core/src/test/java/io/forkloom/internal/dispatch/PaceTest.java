package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void a_function_that_is_not_known_yet_has_no_task_ahead() {
        ran(15, 1_000);
        assertThat(pace.ahead()).isZero();
    }

    @Test
    void tiny_functions_go_many_ahead_short_ones_one_long_ones_none() {
        ran(16, 10_000);
        assertThat(pace.ahead()).isEqualTo(75);
        ran(200, 49_000);
        assertThat(pace.ahead()).isEqualTo(15);
        ran(200, 500_000);
        assertThat(pace.ahead()).isEqualTo(1);
        ran(200, 5_000_000);
        assertThat(pace.ahead()).isZero();
    }

    @Test
    void however_tiny_a_function_is_there_is_a_bound() {
        ran(16, 0);
        assertThat(pace.ahead()).isEqualTo(255);
    }

    @Test
    void one_long_run_stops_the_going_ahead_at_once() {
        ran(100, 10_000);
        pace.ran(1_000_000_000);
        assertThat(pace.ahead()).isZero();
    }

    private void ran(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            pace.ran(nanos);
        }
    }
}
