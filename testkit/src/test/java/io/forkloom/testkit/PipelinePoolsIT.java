package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.IsolatePool;
import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import io.forkloom.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same pipeline over every kind of pool, with batches as arguments and in order. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelinePoolsIT {
    private static final int ITEMS = 50;
    private static final AtomicInteger COUNTED = new AtomicInteger();

    @BeforeEach
    void countAnew() {
        COUNTED.set(0);
    }

    @Test
    void threads_compute_with_the_program_s_static_fields() throws Exception {
        try (var pool = ThreadPool.open(c -> c.workers(2))) {
            run(pool);
        }
        assertThat(COUNTED).hasValue(ITEMS);
    }

    @Test
    void isolates_compute_with_static_fields_of_their_own() throws Exception {
        try (var pool = IsolatePool.open(c -> c.workers(2))) {
            run(pool);
        }
        assertThat(COUNTED).hasValue(0);
    }

    @Test
    void processes_compute_in_their_own_jvm() throws Exception {
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("64m"))) {
            run(pool);
        }
        assertThat(COUNTED).hasValue(0);
    }

    private static void run(TaskPool pool) throws InterruptedException {
        List<Integer> sums = new ArrayList<>();
        var account = Pipeline.from(IntStream.range(0, ITEMS).boxed().toList())
                .cpu("square", pool, PipelinePoolsIT::squareOfEven)
                .ordered()
                .batch(10, Duration.ofHours(1))
                .cpu("sum", pool, PipelinePoolsIT::sum)
                .ordered()
                .sink("store", 1, sums::add)
                .run();
        assertThat(account.done()).isEqualTo(ITEMS);
        assertThat(account.stages()).extracting(stage -> stage.out()).containsExactly(50L, 5L, 5L, 5L);
        assertThat(sums).containsExactly(120, 1020, 2920, 5820, 9720);
    }

    private static int squareOfEven(int number) {
        COUNTED.incrementAndGet();
        return number % 2 == 0 ? number * number : 0;
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(number -> number).sum();
    }
}
