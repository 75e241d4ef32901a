package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
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
    void one_more_worker_that_is_larger_must_fit_beside_the_others() {
        new HeapBudget(4, 2 * GIB, 0, 24 * GIB).checkLarger(16 * GIB);
        assertThatThrownBy(() -> new HeapBudget(4, 2 * GIB, 0, 24 * GIB).checkLarger(17 * GIB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "one more worker with a heap of 17.0 GiB for retries, beside a heap of 2.0 GiB for each of 4"
                                + " workers, so 8.0 GiB, is more than the 24.0 GiB of memory that there are: ask for at most"
                                + " 16384m, open fewer workers or give them less heap");
        assertThatThrownBy(() -> new HeapBudget(4, 2 * GIB, 0, 9 * GIB).checkLarger(3 * GIB))
                .hasMessageEndingWith("that there are, open fewer workers or give them less heap");
        assertThatThrownBy(() -> new HeapBudget(4, 2 * GIB, 0, 24 * GIB).checkLarger(2 * GIB))
                .hasMessage("a retry in a worker with a heap of 2.0 GiB cannot help: the others have 2.0 GiB already");
    }

    @Test
    void the_workers_heap_is_what_was_asked_for_in_whatever_way() {
        var memory = OptionalLong.of(16 * GIB);
        var config = new ProcessPoolConfig().workers(2);
        assertThat(HeapBudget.of(config, memory)).contains(new HeapBudget(2, 4 * GIB, 0, 16 * GIB));
        assertThat(HeapBudget.of(config, OptionalLong.empty())).isEmpty();
        config.jvmOptions("-Xmx8g", "-Xmx9g");
        assertThat(HeapBudget.of(config, memory)).contains(new HeapBudget(2, 9 * GIB, 0, Long.MAX_VALUE));
        config.heap("3g");
        assertThat(HeapBudget.of(config, memory)).contains(new HeapBudget(2, 3 * GIB, 0, 16 * GIB));
    }

    @Test
    void workers_that_do_not_fit_together_with_the_program_are_worth_a_warning() {
        assertThat(new HeapBudget(10, 2 * GIB, 6 * GIB, 24 * GIB).check())
                .contains("a heap of 2.0 GiB for each of 10 workers, so 20.0 GiB, and up to 6.0 GiB for this program,"
                        + " are more than the 24.0 GiB of memory that there are: if all are filled, the kernel kills."
                        + " Give this program a smaller heap (-Xmx), the workers too, or open fewer of them");
    }
}
