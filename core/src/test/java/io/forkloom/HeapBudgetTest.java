package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapBudgetTest {
    private static final long GIB = 1 << 30;

    @Test
    void what_fits_is_not_talked_about() {
        assertThat(new HeapBudget(8, 2 * GIB, 6 * GIB, 24 * GIB).check()).isEmpty();
        assertThat(new HeapBudget(8, 2 * GIB, 8 * GIB, 24 * GIB).check()).isEmpty();
    }

    @Test
    void workers_that_do_not_fit_are_refused_with_the_numbers_and_what_to_change() {
        assertThatThrownBy(() -> new HeapBudget(9, 4 * GIB, GIB, 24 * GIB).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a heap of 4.0 GiB for each of 9 workers, so 36.0 GiB is more than the 24.0 GiB of memory"
                        + " that there are. Open fewer workers or give them less heap, at most 2730m each; to promise"
                        + " more than there is on purpose, leave heap() out and say jvmOptions(\"-Xmx…\")");
        assertThatThrownBy(() -> new HeapBudget(1, 512L << 20, GIB, 256L << 20).check())
                .hasMessageStartingWith("a heap of 512 MiB for one worker is more than the 256 MiB");
        assertThatThrownBy(() -> new HeapBudget(9, Long.MAX_VALUE / 2, GIB, 24 * GIB).check())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void workers_that_do_not_fit_together_with_the_program_are_worth_a_warning() {
        assertThat(new HeapBudget(10, 2 * GIB, 6 * GIB, 24 * GIB).check())
                .contains("a heap of 2.0 GiB for each of 10 workers, so 20.0 GiB, and up to 6.0 GiB for this program,"
                        + " are more than the 24.0 GiB of memory that there are: if all are filled, the kernel kills."
                        + " Give this program a smaller heap (-Xmx), the workers too, or open fewer of them");
    }
}
