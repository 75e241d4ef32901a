package io.forkloom.pipeline;

import static io.forkloom.pipeline.PipelineTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forkloom.ThreadPool;
import io.forkloom.async.Threads;
import java.io.IOException;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineCancelTest {
    @Test
    void a_cancelled_run_ends_and_counts_what_it_did_not_finish() throws Exception {
        var started = new CountDownLatch(3);
        try (var run = Pipeline.from(PipelineCancelTest::endless)
                .io("same", 3, n -> n)
                .sink("stuck", 3, _ -> {
                    started.countDown();
                    Threads.waitForever();
                })
                .start()) {
            started.await();
            run.cancel("enough");
            var account = run.await();
            assertThat(run.cancelReason()).contains("enough");
            assertThat(account.cancelled()).isEqualTo(account.read()).isGreaterThanOrEqualTo(3);
            assertThat(account.stages()).allMatch(stage -> stage.busy() == 0 && stage.failed() == 0);
        }
    }

    @Test
    void items_that_wait_in_a_full_channel_or_to_be_sent_are_cancelled_once() throws Exception {
        // 1 in the last stage, 1 before it, 1 to be sent there, 1 before that, 1 in the reader's hand.
        try (var run = Pipeline.from(PipelineCancelTest::endless)
                .io("same", 1, n -> n)
                .sink("stuck", 1, _ -> Threads.waitForever())
                .start()) {
            while (run.account().read() < 5) {
                Thread.onSpinWait();
            }
            run.cancel("enough");
            var account = run.await();
            assertThat(account.read()).isEqualTo(5);
            assertThat(account.cancelled()).isEqualTo(5);
        }
    }

    @Test
    void close_cancels_and_leaves_no_thread() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        try (var run = Pipeline.from(PipelineCancelTest::endless)
                .io("same", 8, n -> n)
                .sink("stuck", 8, _ -> {
                    threads.add(Thread.currentThread());
                    Threads.waitForever();
                })
                .start()) {
            while (run.account().stages().getLast().busy() < 8) {
                Thread.onSpinWait();
            }
        }
        assertThat(threads).hasSize(8).noneMatch(Thread::isAlive);
    }

    @Test
    void an_interrupt_of_run_cancels_it_and_waits_for_its_end() throws Exception {
        var started = new CountDownLatch(1);
        var worker = new AtomicReference<Thread>();
        var caller = Thread.ofVirtual()
                .start(() -> assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> Pipeline.from(PipelineCancelTest::endless)
                                .sink("stuck", 1, _ -> {
                                    worker.set(Thread.currentThread());
                                    started.countDown();
                                    Threads.waitForever();
                                })
                                .run()));
        started.await();
        caller.interrupt();
        caller.join();
        assertThat(worker.get().isAlive()).isFalse();
    }

    @Test
    void a_function_that_swallows_the_interrupt_does_not_hold_up_the_end() throws Exception {
        var started = new CountDownLatch(2);
        try (var run = Pipeline.from(PipelineCancelTest::endless)
                .io("deaf", 2, n -> {
                    started.countDown();
                    waitDeaf();
                    return n;
                })
                .sink("store", 1, _ -> {})
                .start()) {
            started.await();
            run.cancel("enough");
            assertThat(run.await().cancelled()).isPositive();
        }
    }

    @Test
    void a_source_that_swallows_the_interrupt_does_not_hold_up_the_end() throws Exception {
        var started = new CountDownLatch(1);
        Iterable<Integer> source = () -> Stream.iterate(0, n -> {
                    started.countDown();
                    waitDeaf();
                    return n + 1;
                })
                .iterator();
        try (var run = Pipeline.from(source).sink("store", 1, _ -> {}).start()) {
            started.await();
            run.cancel("enough");
            var account = run.await();
            assertThat(account.read()).isEqualTo(account.done() + account.cancelled());
        }
    }

    @Test
    void an_item_that_waits_for_its_next_attempt_is_cancelled() throws Exception {
        var pausing = new CountDownLatch(1);
        var pipeline = Pipeline.from(numbers(1))
                .sink("store", 1, _ -> {
                    throw new IOException();
                })
                .onError(OnError.retry(5).thenSkip());
        try (var run = pipeline.start(_ -> {
            pausing.countDown();
            Threads.waitForever();
        })) {
            pausing.await();
            run.cancel("enough");
            assertThat(run.await().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void a_cancelled_run_neither_skips_nor_buries_what_it_interrupts() throws Exception {
        var started = new CountDownLatch(4);
        try (var run = Pipeline.from(numbers(4))
                .sink("stuck", 4, _ -> {
                    started.countDown();
                    Threads.waitForever();
                })
                .onError(OnError.retry(1).thenDeadLetter(letter -> {
                    throw new AssertionError(letter);
                }))
                .start()) {
            started.await();
            run.cancel("enough");
            assertThat(run.await().cancelled()).isEqualTo(4);
        }
    }

    @Test
    void a_cancel_reaches_the_tasks_in_the_pool() throws Exception {
        var started = new CountDownLatch(2);
        try (var pool = ThreadPool.open(c -> c.workers(2));
                var run = Pipeline.from(PipelineCancelTest::endless)
                        .cpu("stuck", pool, _ -> {
                            started.countDown();
                            Threads.waitForever();
                            return 0;
                        })
                        .start()) {
            started.await();
            run.cancel("enough");
            var account = run.await();
            assertThat(account.cancelled()).isEqualTo(account.read());
            assertThat(pool.stats().running() + pool.stats().waiting()).isZero();
            assertThat(pool.stats().completed()).isZero();
        }
    }

    @Test
    void a_cancel_after_the_end_changes_nothing() throws Exception {
        try (var run = Pipeline.from(numbers(10)).sink("store", 2, _ -> {}).start()) {
            var account = run.await();
            run.cancel("too late");
            assertThat(run.await()).isEqualTo(account);
            assertThat(run.cancelReason()).isEmpty();
        }
    }

    @Test
    void a_stage_may_cancel_its_own_run() throws Exception {
        var self = new AtomicReference<PipelineRun>();
        var known = new CountDownLatch(1);
        try (var run = Pipeline.from(PipelineCancelTest::endless)
                .sink("store", 2, n -> {
                    known.await();
                    if (n == 100) {
                        self.get().cancel("seen enough");
                    }
                })
                .start()) {
            self.set(run);
            known.countDown();
            var account = run.await();
            assertThat(account.done()).isGreaterThanOrEqualTo(100);
            assertThat(account.read()).isEqualTo(account.done() + account.cancelled());
        }
    }

    @Test
    void a_failure_that_races_with_a_cancel_ends_as_one_of_the_two() throws Exception {
        for (int round = 0; round < 500; round++) {
            var race = new CyclicBarrier(2);
            try (var run = Pipeline.from(numbers(10))
                    .sink("store", 1, n -> {
                        if (n == 3) {
                            Threads.meet(race);
                            throw new IOException("mine");
                        }
                    })
                    .start()) {
                Threads.meet(race);
                run.cancel("enough");
                Account account;
                try {
                    account = run.await();
                    assertThat(run.cancelReason()).contains("enough");
                } catch (PipelineFailedException failed) {
                    assertThat(failed).hasCauseExactlyInstanceOf(IOException.class);
                    assertThat(run.cancelReason()).isEmpty();
                    account = failed.account();
                }
                assertThat(account.done()).isEqualTo(3);
                assertThat(account.cancelled()).isEqualTo(account.read() - 3).isPositive();
            }
        }
    }

    private static Iterator<Integer> endless() {
        return Stream.iterate(0, n -> n + 1).iterator();
    }

    private static void waitDeaf() {
        try {
            Threads.waitForever();
        } catch (InterruptedException _) {
            // swallowed, as bad code does
        }
    }
}
