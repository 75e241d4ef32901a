package io.forkloom.pipeline;

import static io.forkloom.pipeline.PipelineTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.forkloom.ThreadPool;
import io.forkloom.async.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineOrderTest {
    @Test
    void results_leave_an_ordered_stage_as_its_items_came_although_later_ones_are_finished_first() throws Exception {
        List<Integer> stored = new ArrayList<>();
        var finished = new Semaphore[100];
        for (int i = 0; i < finished.length; i++) {
            finished[i] = new Semaphore(0);
        }
        // Of each two neighbours the later one is finished first.
        Pipeline.from(numbers(100))
                .io("swap", 2, n -> {
                    if (n % 2 == 0) {
                        finished[n + 1].acquire();
                    }
                    finished[n].release();
                    return n;
                })
                .ordered()
                .sink("store", 1, stored::add)
                .run();
        assertThat(stored).containsExactlyElementsOf(numbers(100));
    }

    @Test
    void a_slow_item_holds_back_as_many_as_the_window_has_and_no_more() throws Exception {
        var gate = new CountDownLatch(1);
        var begun = new AtomicInteger();
        List<Integer> stored = new ArrayList<>();
        try (var run = Pipeline.from(numbers(100))
                .io("slow", 3, n -> {
                    begun.incrementAndGet();
                    if (n == 10) {
                        gate.await();
                    }
                    return n;
                })
                .ordered(8)
                .sink("store", 1, stored::add)
                .start()) {
            // 0 to 9 have gone; 10 is in the window, and so are 7 that came after it.
            // Held up behind it: 3 wait before the stage, 1 in the reader's hand.
            while (run.account().read() < 10 + 8 + 3 + 1
                    || begun.get() < 18
                    || run.account().done() < 10) {
                Thread.onSpinWait();
            }
            assertThat(begun).hasValue(18);
            assertThat(run.account().underWay()).isEqualTo(12);
            gate.countDown();
            run.await();
        }
        assertThat(stored).containsExactlyElementsOf(numbers(100));
    }

    @Test
    void skipped_and_dead_items_leave_no_gap() throws Exception {
        List<Integer> stored = new ArrayList<>();
        List<DeadLetter> letters = new ArrayList<>();
        var account = Pipeline.from(numbers(1_000))
                .io("skip", 8, n -> failOn(n, n % 3 == 0))
                .onError(OnError.skip())
                .ordered(9)
                .io("bury", 4, n -> failOn(n, n % 5 == 0))
                .ordered(4)
                .onError(OnError.deadLetter(letters::add))
                .sink("store", 1, stored::add)
                .run();
        var left = numbers(1_000).stream().filter(n -> n % 3 != 0 && n % 5 != 0).toList();
        assertThat(stored).containsExactlyElementsOf(left);
        assertThat(account.skipped()).isEqualTo(334);
        assertThat(account.dead()).isEqualTo(letters.size()).isEqualTo(133);
    }

    @Test
    void an_item_that_is_tried_again_keeps_its_place() throws Exception {
        var attempts = new AtomicInteger();
        List<Integer> stored = new ArrayList<>();
        var account = Pipeline.from(numbers(50))
                .io("flaky", 4, n -> failOn(n, n == 20 && attempts.incrementAndGet() < 4))
                .onError(OnError.retry(5).thenFail())
                .ordered()
                .sink("store", 1, stored::add)
                .run();
        assertThat(stored).containsExactlyElementsOf(numbers(50));
        assertThat(account.stages().getFirst().retried()).isEqualTo(3);
    }

    @Test
    void the_order_holds_over_pools_batches_and_several_stages() throws Exception {
        List<Integer> stored = new ArrayList<>();
        try (var pool = ThreadPool.open(c -> c.workers(3))) {
            Pipeline.from(numbers(2_000))
                    .cpu("one", pool, n -> n)
                    .ordered()
                    .batch(7, Duration.ofMillis(1))
                    .io("two", 5, batch -> batch)
                    .ordered(50)
                    .sink("store", 1, stored::addAll)
                    .run();
        }
        assertThat(stored).containsExactlyElementsOf(numbers(2_000));
    }

    @Test
    void what_waits_for_its_turn_is_cancelled_with_the_run() throws Exception {
        try (var run = Pipeline.from(numbers(100))
                .io("stuck", 4, n -> {
                    if (n == 0) {
                        Threads.waitForever();
                    }
                    return n;
                })
                .ordered(20)
                .sink("store", 1, _ -> {})
                .start()) {
            while (run.account().stages().getFirst().in() < 20) {
                Thread.onSpinWait();
            }
            run.cancel("enough");
            var account = run.await();
            assertThat(account.done()).isZero();
            assertThat(account.cancelled()).isEqualTo(account.read()).isGreaterThanOrEqualTo(20);
            assertThat(account.stages().getLast().in()).isZero();
        }
    }

    @Test
    void an_order_that_means_nothing_is_refused_with_a_reason() {
        var pipeline = Pipeline.from(List.of(1));
        assertThatIllegalStateException()
                .isThrownBy(pipeline::ordered)
                .withMessage("ordered() must stand behind the io, cpu or sink that it is for");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.io("fetch", 8, n -> n).ordered(7))
                .withMessage("stage fetch has a limit of 8, and a window of 7 would not let it work on as many:"
                        + " give it at least that");
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline.sink("store", 4, _ -> {}).ordered().run())
                .withMessage("the pipeline ends with stage store, which is ordered, and nothing comes after it:"
                        + " order the one before, and give it a limit of 1");
    }

    private static int failOn(int number, boolean bad) throws IOException {
        if (bad) {
            throw new IOException("item " + number);
        }
        return number;
    }
}
