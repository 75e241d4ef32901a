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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineBranchTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void every_item_goes_into_every_branch_and_is_done_once() throws Exception {
        Queue<Integer> indexed = new ConcurrentLinkedQueue<>();
        Queue<List<Integer>> stored = new ConcurrentLinkedQueue<>();
        var account = Pipeline.from(numbers(100))
                .io("double", 4, n -> 2 * n)
                .toAll(
                        all -> all.sink("index", 3, indexed::add),
                        all -> all.batch(7, HOUR).io("pack", 2, batch -> batch).sink("store", 2, stored::add))
                .run();
        var doubled = numbers(100).stream().map(n -> 2 * n).toList();
        assertThat(indexed).containsExactlyInAnyOrderElementsOf(doubled);
        assertThat(stored.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(doubled);
        assertThat(account)
                .isEqualTo(new Account(
                        100,
                        100,
                        0,
                        0,
                        0,
                        List.of(
                                new StageCounts("double", 100, 100, 0, 0, 0),
                                new StageCounts("index", 100, 100, 0, 0, 0),
                                new StageCounts("batch", 100, 15, 0, 0, 0),
                                new StageCounts("pack", 15, 15, 0, 0, 0),
                                new StageCounts("store", 15, 15, 0, 0, 0))));
    }

    @Test
    void branches_work_at_the_same_time() throws Exception {
        var together = new CyclicBarrier(2);
        var account = Pipeline.from(numbers(50))
                .toAll(
                        all -> all.sink("left", 1, _ -> Threads.meet(together)),
                        all -> all.sink("right", 1, _ -> Threads.meet(together)))
                .run();
        assertThat(account.done()).isEqualTo(50);
    }

    @Test
    void what_one_branch_gives_up_the_others_still_take_and_it_counts_as_given_up() throws Exception {
        Queue<Integer> stored = new ConcurrentLinkedQueue<>();
        List<DeadLetter> letters = new ArrayList<>();
        var account = Pipeline.from(numbers(60))
                .toAll(
                        all -> all.sink("by2", 2, n -> failOn(n, 2)).onError(OnError.skip()),
                        all -> all.sink("by3", 2, n -> failOn(n, 3)).onError(OnError.deadLetter(letters::add)),
                        all -> all.sink("store", 2, stored::add))
                .run();
        assertThat(stored).containsExactlyInAnyOrderElementsOf(numbers(60));
        assertThat(account.dead()).isEqualTo(letters.size()).isEqualTo(20);
        assertThat(account.skipped()).isEqualTo(20);
        assertThat(account.done()).isEqualTo(20);
    }

    @Test
    void an_item_that_is_dead_in_two_branches_has_two_letters_and_is_dead_once() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        var account = Pipeline.from(List.of(4))
                .onError(OnError.deadLetter(letters::add))
                .toAll(all -> all.sink("a", 1, n -> failOn(n, 2)), all -> all.sink("b", 1, n -> failOn(n, 2)))
                .run();
        assertThat(letters).extracting(DeadLetter::stage).containsExactlyInAnyOrder("a", "b");
        assertThat(account.dead()).isEqualTo(1);
        assertThat(account.read()).isEqualTo(1);
    }

    @Test
    void an_item_is_under_way_until_its_last_branch_is_done_and_cancelled_if_that_never_is() throws Exception {
        var gate = new CountDownLatch(1);
        var pipeline = Pipeline.from(numbers(3))
                .toAll(all -> all.sink("fast", 1, _ -> {}), all -> all.sink("slow", 1, _ -> gate.await()));
        try (var run = pipeline.start()) {
            while (run.account().stages().getFirst().out() < 3) {
                Thread.onSpinWait();
            }
            assertThat(run.account().underWay()).isEqualTo(3);
            run.cancel("enough");
            assertThat(run.await().cancelled()).isEqualTo(3);
        }
        gate.countDown();
        assertThat(pipeline.run().done()).isEqualTo(3);
    }

    @Test
    void the_slowest_branch_holds_up_the_others_when_its_buffer_is_full() throws Exception {
        var gate = new CountDownLatch(1);
        try (var run = Pipeline.from(numbers(100))
                .toAll(
                        all -> all.sink("fast", 1, _ -> {}),
                        all -> all.buffer(20).sink("slow", 1, _ -> gate.await()))
                .start()) {
            // 1 in the slow one, 20 before it, 1 to be sent there: that one the fast one has already.
            while (run.account().stages().getFirst().out() < 22) {
                Thread.onSpinWait();
            }
            assertThat(run.account().read()).isEqualTo(22);
            gate.countDown();
            assertThat(run.await().done()).isEqualTo(100);
        }
    }

    @Test
    void a_branch_may_branch() throws Exception {
        Queue<String> stored = new ConcurrentLinkedQueue<>();
        var account = Pipeline.from(numbers(10))
                .toAll(
                        all -> all.sink("a", 1, n -> stored.add("a" + n)),
                        all -> all.io("b", 1, n -> n)
                                .toAll(
                                        both -> both.sink("c", 1, n -> stored.add("c" + n)),
                                        both -> both.sink("d", 1, n -> stored.add("d" + n))))
                .run();
        assertThat(stored).hasSize(30).doesNotHaveDuplicates();
        assertThat(account.done()).isEqualTo(10);
        assertThat(account.stages()).extracting(StageCounts::name).containsExactly("a", "b", "c", "d");
    }

    @Test
    void the_failure_of_one_branch_fails_the_run() {
        var failed = assertThatExceptionOfType(PipelineFailedException.class)
                .isThrownBy(() -> Pipeline.from(numbers(100))
                        .toAll(all -> all.sink("good", 1, _ -> {}), all -> all.sink("bad", 1, n -> failOn(n + 1, 10)))
                        .run())
                .actual();
        assertThat(failed).hasMessage("stage bad failed on 9: java.io.IOException: item 10");
        assertThat(failed.account().read())
                .isEqualTo(failed.account().done() + failed.account().cancelled());
        assertThat(failed.account().done()).isLessThanOrEqualTo(9);
    }

    @Test
    void the_policy_of_a_branch_is_the_one_before_its_first_stage_or_else_the_pipeline_s() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        var account = Pipeline.from(List.of(2, 4))
                .onError(OnError.skip())
                .toAll(
                        all -> all.sink("skipped", 1, n -> failOn(n, 2)),
                        all -> all.onError(OnError.deadLetter(letters::add)).sink("dead", 1, n -> failOn(n, 4)))
                .run();
        assertThat(account.skipped()).isEqualTo(1);
        assertThat(account.dead()).isEqualTo(1);
        assertThat(letters).extracting(DeadLetter::item).containsExactly(4);
    }

    @Test
    void a_branch_that_means_nothing_is_refused_with_a_reason() {
        var pipeline = Pipeline.from(List.of(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.toAll())
                .withMessage("toAll() has no branch for its items to go to");
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline.toAll(all -> all))
                .withMessage("a branch of toAll has no stage: add one with io, cpu or sink");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.toAll(_ -> pipeline.sink("store", 1, _ -> {})))
                .withMessage("a branch of toAll must go on from the pipeline that it is given");
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        pipeline.toAll(all -> all.sink("store", 1, _ -> {})).sink("more", 1, _ -> {}))
                .withMessage("nothing can follow toAll: add it to the branches");
        var branches = new ArrayList<Pipeline<?>>();
        var _ = pipeline.toAll(all -> {
            branches.add(all.sink("store", 1, _ -> {}));
            return branches.getFirst();
        });
        assertThatExceptionOfType(PipelineFailedException.class)
                .isThrownBy(() -> branches.getFirst().run())
                .withMessageEndingWith("a branch of toAll runs with its pipeline, not by itself");
    }

    private static void failOn(int number, int divisor) throws IOException {
        if (number % divisor == 0) {
            throw new IOException("item " + number);
        }
    }
}
