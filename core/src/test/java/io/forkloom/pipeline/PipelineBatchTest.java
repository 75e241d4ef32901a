package io.forkloom.pipeline;

import static io.forkloom.pipeline.PipelineTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.forkloom.async.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineBatchTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(5);

    @Test
    void full_batches_go_on_at_once_and_the_end_of_the_source_sends_the_rest() throws Exception {
        List<List<Integer>> stored = new ArrayList<>();
        var account = Pipeline.from(numbers(25))
                .batch(10, HOUR)
                .sink("store", 1, stored::add)
                .run();
        assertThat(stored).extracting(List::size).containsExactly(10, 10, 5);
        assertThat(stored.stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(25));
        assertThat(account)
                .isEqualTo(new Account(
                        25,
                        25,
                        0,
                        0,
                        0,
                        List.of(new StageCounts("batch", 25, 3, 0, 0, 0), new StageCounts("store", 3, 3, 0, 0, 0))));
    }

    @Test
    void a_batch_that_is_not_full_goes_on_when_its_first_item_has_waited_so_long() throws Exception {
        var stored = new Semaphore(0);
        // The source gives its next three only when the three before have gone through.
        Iterable<Integer> source = () -> Stream.iterate(1, n -> n <= 30, n -> {
                    if (n % 3 == 0) {
                        stored.acquireUninterruptibly(3);
                    }
                    return n + 1;
                })
                .iterator();
        var account = Pipeline.from(source)
                .batch(100, MOMENT)
                .sink("store", 1, batch -> stored.release(batch.size()))
                .run();
        assertThat(account.done()).isEqualTo(30);
        assertThat(account.stages().getFirst().out()).isBetween(10L, 30L);
    }

    @Test
    void without_a_linger_no_item_waits_for_others() throws Exception {
        var stored = new Semaphore(0);
        Iterable<Integer> source = () -> Stream.iterate(1, n -> n <= 10, n -> {
                    stored.acquireUninterruptibly();
                    return n + 1;
                })
                .iterator();
        var account = Pipeline.from(source)
                .batch(100, Duration.ZERO)
                .sink("store", 1, batch -> stored.release(batch.size()))
                .run();
        assertThat(account.stages().getFirst()).isEqualTo(new StageCounts("batch", 10, 10, 0, 0, 0));
    }

    @Test
    void an_item_of_a_batch_that_fails_buries_all_of_it_each_in_a_letter_of_its_own() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        var account = Pipeline.from(numbers(12))
                .io("double", 1, n -> 2 * n)
                .batch(5, HOUR)
                .sink("store", 1, batch -> failOn(batch, 12))
                .onError(OnError.retry(1).thenDeadLetter(letters::add))
                .run();
        assertThat(account.done()).isEqualTo(7);
        assertThat(account.dead()).isEqualTo(5);
        assertThat(letters).extracting(DeadLetter::item).containsExactly(5, 6, 7, 8, 9);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.stage()).isEqualTo("store");
            assertThat(letter.input()).isEqualTo(List.of(10, 12, 14, 16, 18));
            assertThat(letter.error()).isInstanceOf(IOException.class);
            assertThat(letter.attempts()).isEqualTo(2);
        });
        assertThat(account.stages().getLast()).isEqualTo(new StageCounts("store", 3, 2, 0, 1, 1));
    }

    @Test
    void a_skipped_batch_is_counted_by_its_items_and_so_is_a_batch_of_batches() throws Exception {
        var account = Pipeline.from(numbers(40))
                .batch(3, HOUR)
                .batch(4, HOUR)
                .sink("store", 2, batches -> failOn(batches.getFirst(), 13))
                .onError(OnError.skip())
                .run();
        assertThat(account.skipped()).isEqualTo(12);
        assertThat(account.done()).isEqualTo(28);
    }

    @Test
    void a_batch_that_fails_the_run_is_named_by_its_first_item() {
        var failed = assertThatExceptionOfType(PipelineFailedException.class)
                .isThrownBy(() -> Pipeline.from(numbers(10))
                        .batch(5, HOUR)
                        .sink("store", 1, batch -> failOn(batch, 7))
                        .run())
                .actual();
        assertThat(failed).hasMessage("stage store failed on 5, in a batch with 4 more: java.io.IOException: item 7");
        assertThat(failed.account().done()).isEqualTo(5);
        assertThat(failed.account().cancelled()).isEqualTo(5);
    }

    @Test
    void a_dead_letter_consumer_that_throws_amid_a_batch_leaves_the_rest_of_it_cancelled() {
        var failed = assertThatExceptionOfType(PipelineFailedException.class)
                .isThrownBy(() -> Pipeline.from(numbers(5))
                        .batch(5, HOUR)
                        .sink("store", 1, batch -> failOn(batch, 0))
                        .onError(OnError.deadLetter(letter -> {
                            if (letter.item() instanceof Integer n && n == 2) {
                                throw new IllegalStateException("disk full");
                            }
                        }))
                        .run())
                .actual();
        assertThat(failed.account().dead()).isEqualTo(2);
        assertThat(failed.account().cancelled()).isEqualTo(3);
    }

    @Test
    void what_waits_for_its_batch_to_be_full_is_cancelled_with_the_run() throws Exception {
        var waiting = new CountDownLatch(1);
        Iterable<Integer> source = () -> Stream.iterate(0, n -> {
                    if (n == 2) {
                        waiting.countDown();
                        waitUntilInterrupted();
                    }
                    return n + 1;
                })
                .iterator();
        try (var run =
                Pipeline.from(source).batch(10, HOUR).sink("store", 1, _ -> {}).start()) {
            waiting.await();
            run.cancel("enough");
            var account = run.await();
            assertThat(account.cancelled()).isEqualTo(account.read()).isBetween(3L, 4L);
        }
    }

    @Test
    void null_may_travel_in_a_batch_and_nobody_can_change_it() throws Exception {
        List<@Nullable String> items = Arrays.asList("a", null);
        List<List<@Nullable String>> stored = new ArrayList<>();
        Pipeline.from(items)
                .batch(2, HOUR)
                .sink("store", 1, batch -> stored.add(batch))
                .run();
        assertThat(stored).containsExactly(items);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> stored.getFirst().clear());
    }

    @Test
    void so_many_items_wait_before_a_stage_as_its_buffer_says() throws Exception {
        var gate = new Semaphore(0);
        // In the stage, before it, and in the reader's hand.
        var most = 1 + 40 + 1;
        try (var run = Pipeline.from(numbers(1_000))
                .buffer(40)
                .sink("slow", 1, _ -> gate.acquire())
                .start()) {
            while (run.account().read() < most) {
                Thread.onSpinWait();
            }
            gate.release(1_000);
            assertThat(run.await().done()).isEqualTo(1_000);
        }
    }

    @Test
    void what_means_nothing_is_refused_with_a_reason() {
        var pipeline = Pipeline.from(List.of(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.batch(0, HOUR))
                .withMessage("a batch of 0 could never take an item");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.batch(1, Duration.ofMillis(-1)))
                .withMessage("a linger of PT-0.001S is negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.buffer(0))
                .withMessage("buffer(0) would let no item through: it needs at least 1");
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline.sink("store", 1, _ -> {}).buffer(5).run())
                .withMessage("the pipeline ends with buffer(5): put it before the stage that it is for");
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline.batch(2, HOUR).onError(OnError.skip()))
                .withMessage("onError must stand behind the io, cpu or sink that it is for");
    }

    private static void failOn(List<Integer> batch, int bad) throws IOException {
        if (batch.contains(bad)) {
            throw new IOException("item " + bad);
        }
    }

    private static void waitUntilInterrupted() {
        try {
            Threads.waitForever();
        } catch (InterruptedException _) {
            // swallowed: the run ends all the same
        }
    }
}
