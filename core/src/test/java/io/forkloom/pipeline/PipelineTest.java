package io.forkloom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.forkloom.ThreadPool;
import io.forkloom.async.Threads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineTest {
    @Test
    void every_item_goes_through_every_stage() throws Exception {
        Queue<String> stored = new ConcurrentLinkedQueue<>();
        var account = Pipeline.from(numbers(1_000))
                .io("double", 8, number -> 2 * number)
                .io("word", 3, number -> "n" + number)
                .sink("store", 4, stored::add)
                .run();
        assertThat(stored)
                .containsExactlyInAnyOrderElementsOf(
                        numbers(1_000).stream().map(n -> "n" + 2 * n).toList());
        assertThat(account)
                .isEqualTo(new Account(
                        1_000,
                        1_000,
                        0,
                        0,
                        0,
                        List.of(
                                new StageCounts("double", 1_000, 1_000, 0, 0, 0),
                                new StageCounts("word", 1_000, 1_000, 0, 0, 0),
                                new StageCounts("store", 1_000, 1_000, 0, 0, 0))));
    }

    @Test
    void a_cpu_stage_computes_in_the_pool_and_keeps_its_workers_busy() throws Exception {
        Queue<Integer> squares = new ConcurrentLinkedQueue<>();
        var bothBusy = new CyclicBarrier(2); // passes only while two workers compute at the same time
        try (var pool = ThreadPool.open(c -> c.workers(2))) {
            var account = Pipeline.from(numbers(100))
                    .cpu("square", pool, number -> {
                        Threads.meet(bothBusy);
                        return number * number;
                    })
                    .sink("store", 1, squares::add)
                    .run();
            assertThat(account.done()).isEqualTo(100);
            assertThat(pool.stats().completed()).isEqualTo(100);
        }
        assertThat(squares)
                .containsExactlyInAnyOrderElementsOf(
                        numbers(100).stream().map(n -> n * n).toList());
    }

    @Test
    void a_stage_works_on_as_many_items_as_its_limit_says_and_no_more() throws Exception {
        var busy = new AtomicInteger();
        var together = new CyclicBarrier(5);
        Pipeline.from(numbers(100))
                .sink("work", 5, _ -> {
                    assertThat(busy.incrementAndGet()).isLessThanOrEqualTo(5);
                    Threads.meet(together);
                    busy.decrementAndGet();
                })
                .run();
    }

    @Test
    void results_flow_on_before_the_source_has_ended() throws Exception {
        var stored = new Semaphore(0);
        // The source gives its second item only when the first has gone through.
        Iterable<Integer> source = () -> Stream.iterate(1, n -> n <= 10, n -> {
                    stored.acquireUninterruptibly();
                    return n + 1;
                })
                .iterator();
        var account = Pipeline.from(source)
                .io("same", 4, n -> n)
                .sink("store", 4, _ -> stored.release())
                .run();
        assertThat(account.done()).isEqualTo(10);
    }

    @Test
    void the_source_is_read_no_further_ahead_than_the_stages_have_room() throws Exception {
        // In the reader's hand, in the channels, and in the stages: 1 + (3 + 3) + (2 + 2).
        var mostUnderWay = 11;
        var read = new AtomicLong();
        var done = new AtomicLong();
        var ahead = new AtomicLong();
        var gate = new Semaphore(0);
        Iterable<Long> source = () -> LongStream.range(0, 5_000)
                .peek(_ -> ahead.accumulateAndGet(read.incrementAndGet() - done.get(), Math::max))
                .iterator();
        try (var run = Pipeline.from(source)
                .io("same", 3, n -> n)
                .sink("slow", 2, _ -> {
                    gate.acquire();
                    done.incrementAndGet();
                })
                .start()) {
            while (run.account().underWay() < mostUnderWay) {
                Thread.onSpinWait();
            }
            gate.release(5_000);
            assertThat(run.await().done()).isEqualTo(5_000);
        }
        // One more: a unit counts an item as done a moment before it lets go of it.
        assertThat(ahead.get()).isBetween((long) mostUnderWay, mostUnderWay + 2L);
    }

    @Test
    void more_goes_through_than_fits_into_memory() throws Exception {
        var item = new byte[200_000];
        var account = Pipeline.from(numbers(20_000))
                .io("copy", 4, _ -> Arrays.copyOf(item, item.length))
                .io("drop", 4, bytes -> bytes.length)
                .run();
        assertThat(account.done()).isEqualTo(20_000); // 4 GB
    }

    @Test
    void a_source_without_items_ends_at_once() throws Exception {
        var account =
                Pipeline.from(List.<String>of()).io("work", 64, String::length).run();
        assertThat(account.read()).isZero();
        assertThat(account.underWay()).isZero();
    }

    @Test
    void null_is_an_item_like_any_other() throws Exception {
        Queue<Boolean> isNull = new ConcurrentLinkedQueue<>();
        List<@Nullable String> items = Arrays.asList("a", null);
        var account = Pipeline.from(items)
                .<@Nullable Integer>io("none", 1, _ -> null)
                .sink("store", 1, result -> isNull.add(result == null))
                .run();
        assertThat(account.done()).isEqualTo(2);
        assertThat(isNull).containsExactly(true, true);
    }

    @Test
    void one_description_can_be_run_many_times() throws Exception {
        var lengths = Pipeline.from(List.of("a", "bb")).io("length", 2, String::length);
        var stored = new ConcurrentLinkedQueue<Integer>();
        var storing = lengths.sink("store", 1, stored::add);
        assertThat(lengths.run().done()).isEqualTo(2);
        assertThat(storing.run().done()).isEqualTo(2);
        assertThat(storing.run().stages()).hasSize(2);
        assertThat(stored).hasSize(4);
    }

    @Test
    void a_running_pipeline_tells_where_its_items_are() throws Exception {
        var gate = new Semaphore(0);
        try (var run =
                Pipeline.from(numbers(3)).sink("slow", 2, _ -> gate.acquire()).start()) {
            while (run.account().stages().getFirst().busy() < 2 || run.account().read() < 3) {
                Thread.onSpinWait();
            }
            var now = run.account();
            assertThat(now.underWay()).isEqualTo(3);
            assertThat(now.cancelled()).isZero();
            assertThat(now.stages()).containsExactly(new StageCounts("slow", 2, 0, 2, 0, 0));
            gate.release(3);
            assertThat(run.await().done()).isEqualTo(3);
        }
    }

    @Test
    void a_snapshot_never_shows_more_ends_than_items() throws Exception {
        try (var run = Pipeline.from(numbers(50_000))
                .io("same", 4, n -> n)
                .sink("drop", 4, _ -> {})
                .start()) {
            Account account;
            do {
                account = run.account();
                assertThat(account.underWay()).isNotNegative();
                assertThat(account.cancelled()).isZero();
                for (var stage : account.stages()) {
                    assertThat(stage.in()).isGreaterThanOrEqualTo(stage.out());
                }
            } while (account.done() < 50_000);
            run.await();
        }
    }

    @Test
    void no_thread_is_left_after_await() throws Exception {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 100; round++) {
            threads.clear();
            Iterable<Integer> source = () -> numbers(100).stream()
                    .peek(_ -> threads.add(Thread.currentThread()))
                    .iterator();
            Pipeline.from(source)
                    .io("first", 8, n -> n)
                    .sink("second", 8, _ -> threads.add(Thread.currentThread()))
                    .run();
            assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
        }
    }

    @Test
    void its_threads_are_virtual_and_named_after_their_stage() throws Exception {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        Pipeline.from(List.of(1))
                .sink("store", 1, _ -> threads.add(Thread.currentThread()))
                .run();
        assertThat(threads).singleElement().satisfies(thread -> {
            assertThat(thread.isVirtual()).isTrue();
            assertThat(thread.getName()).isEqualTo("pipeline/store-1");
        });
    }

    @Test
    void what_can_never_run_is_refused_with_a_reason() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Pipeline.from(List.of(1)).run())
                .withMessage("the pipeline has no stage: add one with io, cpu or sink");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.from(List.of(1)).io("fetch", 0, n -> n))
                .withMessage("stage fetch has a limit of 0: it needs at least 1");
    }

    @Test
    void await_that_is_interrupted_leaves_the_run_alone() throws Exception {
        var gate = new Semaphore(0);
        try (var run =
                Pipeline.from(numbers(5)).sink("slow", 1, _ -> gate.acquire()).start()) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(run::await);
            gate.release(5);
            assertThat(run.await().done()).isEqualTo(5);
        }
    }

    static List<Integer> numbers(int count) {
        return new ArrayList<>(IntStream.range(0, count).boxed().toList());
    }
}
