package io.forkloom.pipeline;

import static io.forkloom.pipeline.PipelineTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.forkloom.PoolClosedException;
import io.forkloom.TaskFailedException;
import io.forkloom.ThreadPool;
import io.forkloom.async.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineErrorTest {
    @Test
    void by_default_an_item_that_fails_fails_the_run_and_is_cancelled() {
        var failed = failure(() ->
                Pipeline.from(numbers(10)).sink("store", 1, n -> failOn(n, 3)).run());
        assertThat(failed)
                .hasMessage("stage store failed on 3: java.io.IOException: item 3")
                .hasCauseExactlyInstanceOf(IOException.class)
                .hasNoSuppressedExceptions();
        var account = failed.account();
        assertThat(account.done()).isEqualTo(3);
        assertThat(account.cancelled()).isEqualTo(account.read() - 3).isPositive();
        assertThat(account.stages().getFirst().failed()).isEqualTo(1);
    }

    @Test
    void a_skipped_item_is_counted_and_the_others_go_on() throws Exception {
        var account = Pipeline.from(numbers(100))
                .io("pick", 4, PipelineErrorTest::evenOnly)
                .onError(OnError.skip())
                .sink("store", 4, _ -> {})
                .run();
        assertThat(account.done()).isEqualTo(50);
        assertThat(account.skipped()).isEqualTo(50);
        assertThat(account.stages().getFirst()).isEqualTo(new StageCounts("pick", 100, 50, 0, 50, 0));
    }

    @Test
    void a_dead_letter_tells_the_source_item_the_input_the_error_and_the_attempts() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        var account = Pipeline.from(List.of("1", "x", "2"))
                .io("quote", 1, word -> "<" + word + ">")
                .io("parse", 1, word -> Integer.parseInt(word.substring(1, word.length() - 1)))
                .onError(OnError.retry(2).thenDeadLetter(letters::add))
                .run();
        assertThat(account.done()).isEqualTo(2);
        assertThat(account.dead()).isEqualTo(1);
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo("parse");
            assertThat(letter.item()).isEqualTo("x");
            assertThat(letter.input()).isEqualTo("<x>");
            assertThat(letter.error()).isInstanceOf(NumberFormatException.class);
            assertThat(letter.attempts()).isEqualTo(3);
        });
    }

    @Test
    void the_dead_letter_consumer_is_called_one_at_a_time() throws Exception {
        var letters = new ArrayList<DeadLetter>(); // not thread-safe, on purpose
        var inside = new AtomicInteger();
        var policy = OnError.deadLetter(letter -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            letters.add(letter);
            inside.decrementAndGet();
        });
        var account = Pipeline.from(numbers(2_000))
                .onError(policy)
                .io("pick", 16, PipelineErrorTest::evenOnly)
                .sink("fail", 16, n -> failOn(n, n))
                .run();
        assertThat(account.dead()).isEqualTo(2_000);
        assertThat(letters).hasSize(2_000);
    }

    @Test
    void a_dead_letter_consumer_that_throws_fails_the_run() {
        var failed = failure(() -> Pipeline.from(numbers(1))
                .sink("store", 1, n -> failOn(n, 0))
                .onError(OnError.deadLetter(_ -> {
                    throw new IllegalStateException("disk full");
                }))
                .run());
        assertThat(failed)
                .hasMessage("the dead-letter consumer failed on 0, which stage store had failed with "
                        + "java.io.IOException: item 0: java.lang.IllegalStateException: disk full")
                .hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(failed.account().dead()).isZero();
        assertThat(failed.account().cancelled()).isEqualTo(1);
    }

    @Test
    void a_source_that_throws_fails_the_run_under_any_policy() {
        Iterable<Integer> source = () -> Stream.iterate(0, n -> {
                    if (n == 4) {
                        throw new IllegalStateException("cursor lost");
                    }
                    return n + 1;
                })
                .iterator();
        var failed = failure(() -> Pipeline.from(source)
                .onError(OnError.skip())
                .sink("store", 2, _ -> {})
                .run());
        assertThat(failed)
                .hasMessage("the source failed: java.lang.IllegalStateException: cursor lost")
                .hasCauseExactlyInstanceOf(IllegalStateException.class);
        var account = failed.account();
        assertThat(account.read()).isEqualTo(5).isEqualTo(account.done() + account.cancelled());
    }

    @Test
    void a_source_without_an_iterator_fails_the_run() {
        Iterable<Integer> broken = () -> {
            throw new IllegalStateException("no cursor");
        };
        var failed =
                failure(() -> Pipeline.from(broken).sink("store", 2, _ -> {}).run());
        assertThat(failed).hasMessage("the source failed: java.lang.IllegalStateException: no cursor");
    }

    @Test
    void an_item_that_succeeds_in_a_later_attempt_is_done() throws Exception {
        var attempts = new AtomicInteger();
        var account = Pipeline.from(List.of("a"))
                .sink("store", 1, _ -> failOn(attempts.incrementAndGet() < 3 ? 0 : 1, 0))
                .onError(OnError.retry(2).thenFail())
                .run();
        assertThat(account.done()).isEqualTo(1);
        assertThat(account.stages().getFirst()).isEqualTo(new StageCounts("store", 1, 1, 0, 0, 2));
    }

    @Test
    void the_pause_between_attempts_doubles_up_to_its_cap() throws Exception {
        Queue<Duration> pauses = new ConcurrentLinkedQueue<>();
        var pipeline = Pipeline.from(numbers(1))
                .sink("store", 1, n -> failOn(n, 0))
                .onError(OnError.retry(5, Duration.ofMillis(100))
                        .pauseAtMost(Duration.ofMillis(500))
                        .thenSkip());
        try (var run = pipeline.start(pauses::add)) {
            assertThat(run.await().skipped()).isEqualTo(1);
        }
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 500L, 500L);
    }

    @Test
    void the_pause_stays_at_its_cap_for_any_number_of_attempts() {
        var retry = OnError.retry(1_000_000, Duration.ofSeconds(1));
        assertThat(retry.pauseAfter(5)).isEqualTo(Duration.ofSeconds(16));
        assertThat(retry.pauseAfter(1_000_000)).isEqualTo(Duration.ofSeconds(30));
        assertThat(OnError.retry(1_000_000).pauseAfter(1_000_000)).isZero();
    }

    @Test
    void what_the_condition_does_not_accept_is_not_tried_again() throws Exception {
        var policy = OnError.retry(3).retryIf(IOException.class::isInstance).thenSkip();
        var account = Pipeline.from(List.of("not a number"))
                .io("parse", 1, Integer::parseInt)
                .onError(policy)
                .run();
        assertThat(account.skipped()).isEqualTo(1);
        assertThat(account.stages().getFirst().retried()).isZero();
    }

    @Test
    void a_condition_that_throws_fails_the_run() {
        var policy = OnError.retry(3)
                .retryIf(_ -> {
                    throw new IllegalStateException("bad condition");
                })
                .thenSkip();
        var failed = failure(() -> Pipeline.from(numbers(1))
                .sink("store", 1, n -> failOn(n, 0))
                .onError(policy)
                .run());
        assertThat(failed).hasRootCauseMessage("bad condition");
    }

    @Test
    void after_a_stage_the_policy_is_that_stage_s_and_before_the_first_it_is_everyone_s() throws Exception {
        var letters = new ArrayList<DeadLetter>();
        var account = Pipeline.from(numbers(10))
                .onError(OnError.skip())
                .io("pick", 1, PipelineErrorTest::evenOnly)
                .sink("store", 1, n -> failOn(n, 4))
                .onError(OnError.deadLetter(letters::add))
                .run();
        assertThat(account.skipped()).isEqualTo(5);
        assertThat(account.dead()).isEqualTo(1);
        assertThat(letters).extracting(DeadLetter::item).containsExactly(4);
    }

    @Test
    void an_interrupted_exception_of_the_function_s_own_is_an_error_like_any_other() throws Exception {
        var account = Pipeline.from(numbers(10))
                .sink("store", 1, _ -> {
                    Thread.currentThread().interrupt();
                    throw new InterruptedException("my own");
                })
                .onError(OnError.skip())
                .run();
        assertThat(account.skipped()).isEqualTo(10);
    }

    @Test
    void a_task_that_throws_arrives_with_its_own_exception_as_the_cause() throws Exception {
        var letters = new ArrayList<DeadLetter>();
        try (var pool = ThreadPool.open(c -> c.workers(1))) {
            Pipeline.from(List.of("x"))
                    .cpu("parse", pool, Integer::parseInt)
                    .onError(OnError.deadLetter(letters::add))
                    .run();
        }
        assertThat(letters)
                .singleElement()
                .satisfies(letter -> assertThat(letter.error())
                        .isInstanceOf(TaskFailedException.class)
                        .hasCauseInstanceOf(NumberFormatException.class));
    }

    @Test
    void a_closed_pool_fails_the_run_under_any_policy() {
        var pool = ThreadPool.open(c -> c.workers(1));
        pool.close();
        var failed = failure(() -> Pipeline.from(numbers(100))
                .onError(OnError.retry(5).thenSkip())
                .cpu("square", pool, n -> n * n)
                .run());
        assertThat(failed).hasCauseInstanceOf(PoolClosedException.class);
        assertThat(failed.account().skipped()).isZero();
    }

    @Test
    void errors_of_others_that_failed_as_well_are_kept() {
        var together = new CyclicBarrier(2);
        for (int round = 0; round < 200; round++) {
            var failed = failure(() -> Pipeline.from(numbers(2))
                    .sink("store", 2, n -> {
                        Threads.meet(together);
                        failOn(n, n);
                    })
                    .run());
            assertThat(failed).hasCauseExactlyInstanceOf(IOException.class);
            assertThat(failed.getSuppressed()).hasSizeLessThanOrEqualTo(1).allMatch(IOException.class::isInstance);
            together.reset();
        }
    }

    @Test
    void a_policy_that_means_nothing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> OnError.retry(0));
        assertThatIllegalArgumentException().isThrownBy(() -> OnError.retry(1, Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> OnError.retry(1).pauseAtMost(Duration.ofMillis(-1)));
    }

    private static PipelineFailedException failure(ThrowingCallable run) {
        return assertThatExceptionOfType(PipelineFailedException.class)
                .isThrownBy(run)
                .actual();
    }

    private static int evenOnly(int number) throws IOException {
        failOn(number % 2, 1);
        return number;
    }

    private static void failOn(int number, int bad) throws IOException {
        if (number == bad) {
            throw new IOException("item " + number);
        }
    }
}
