package io.forkloom.async;

import static io.forkloom.async.Async.amap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.forkloom.async.ItemOutcome.Completed;
import io.forkloom.async.ItemOutcome.Failed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsyncMapTest {
    private static Iterable<Integer> numbers(int upTo) {
        return IntStream.rangeClosed(1, upTo).boxed().toList();
    }

    @Property(tries = 50)
    void results_come_in_order_and_never_more_than_the_limit_run(
            @ForAll @IntRange(max = 200) int items, @ForAll @IntRange(min = 1, max = 20) int limit) throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var results = amap(numbers(items), number -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1); // others have their chance to run too
                    running.decrementAndGet();
                    return 2 * number;
                })
                .limit(limit)
                .toList();
        assertThat(results)
                .isEqualTo(
                        IntStream.rangeClosed(1, items).map(i -> 2 * i).boxed().toList());
        assertThat(most.get()).isLessThanOrEqualTo(limit);
    }

    @Test
    void as_completed_the_quick_come_before_the_slow() throws Exception {
        var second = new CountDownLatch(1);
        try (var run = amap(numbers(2), number -> {
                    if (number == 1) {
                        second.await();
                    }
                    return number;
                })
                .asCompleted()
                .start()) {
            var order = new ArrayList<Integer>();
            for (int number : run) {
                order.add(number);
                second.countDown();
            }
            assertThat(order).containsExactly(2, 1);
        }
    }

    @Test
    void endless_items_are_taken_no_further_ahead_than_twice_the_limit() throws Exception {
        var taken = new AtomicInteger();
        Iterator<Integer> endless = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return taken.incrementAndGet();
            }
        };
        try (var run = amap(() -> endless, number -> number).limit(4).start()) {
            for (int i = 1; i <= 10_000; i++) {
                assertThat(run.next().orElseThrow().orThrow()).isEqualTo(i);
                assertThat(taken.get()).isLessThanOrEqualTo(i + 2 * 4 + 1); // and the one in its reader's hand
            }
        }
    }

    @Test
    void an_item_that_fails_is_tried_again_with_pauses_that_double() throws Exception {
        var pauses = Collections.synchronizedList(new ArrayList<Duration>());
        var attempts = new AtomicInteger();
        var results = amap(List.of("page"), word -> {
                    if (attempts.incrementAndGet() < 4) {
                        throw new IOException("busy");
                    }
                    return word;
                })
                .retries(3, Duration.ofMillis(100))
                .pausing(pauses::add)
                .toList();
        assertThat(results).containsExactly("page");
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void an_iteration_over_values_ends_at_the_first_failure_which_says_what_it_was() {
        assertThatExceptionOfType(ItemFailedException.class)
                .isThrownBy(() -> amap(List.of("a", "b"), word -> {
                            if (word.equals("b")) {
                                throw new IOException("no route");
                            }
                            return word;
                        })
                        .retries(1, Duration.ZERO)
                        .toList())
                .withMessageContaining("item 2 (b) failed after 2 attempts")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void an_iteration_over_outcomes_goes_on() throws Exception {
        var outcomes = new ArrayList<ItemOutcome<Integer, Integer>>();
        try (var run = amap(numbers(3), number -> {
                    if (number == 2) {
                        throw new IOException("no route");
                    }
                    return number;
                })
                .start()) {
            run.outcomes().forEach(outcomes::add);
        }
        assertThat(outcomes).hasSize(3);
        assertThat(outcomes.get(0)).isEqualTo(new Completed<>(1, 1, 1));
        assertThat(outcomes.get(1)).isInstanceOf(Failed.class);
        assertThat(outcomes.get(2)).isEqualTo(new Completed<>(3, 3, 3));
    }

    @Test
    void an_attempt_has_so_long_and_no_longer() throws Exception {
        try (var run = amap(List.of(1), number -> {
                    Threads.waitForever();
                    return number;
                })
                .timeout(Duration.ofMillis(10))
                .start()) {
            var outcome = run.next().orElseThrow();
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.error()).isInstanceOf(TimeoutException.class));
            assertThat(run.next()).isEmpty();
        }
    }

    @Test
    void items_that_throw_fail_the_run() {
        Iterable<Integer> broken = () -> {
            throw new IllegalStateException("no cursor");
        };
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> amap(broken, number -> number).toList())
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void closing_early_cancels_what_runs() throws Exception {
        var begun = new CountDownLatch(2);
        var ended = new AtomicInteger();
        try (var run = amap(numbers(10), number -> {
                    begun.countDown();
                    try {
                        Threads.waitForever();
                    } finally {
                        ended.incrementAndGet();
                    }
                    return number;
                })
                .limit(2)
                .start()) {
            begun.await();
            assertThat(run).isNotNull();
        }
        assertThat(ended).hasValue(2);
    }

    @Test
    void a_limit_of_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> amap(List.of(1), number -> number).limit(0));
    }

    @Test
    void a_run_that_is_closed_tries_nothing_again_and_gives_nothing_more() throws Exception {
        var begun = new CountDownLatch(1);
        var attempts = new AtomicInteger();
        var run = amap(List.of(1), number -> {
                    attempts.incrementAndGet();
                    begun.countDown();
                    try {
                        Threads.waitForever();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("I/O failed"); // swallowed
                    }
                    return number;
                })
                .retries(1_000_000, Duration.ofHours(1))
                .start();
        begun.await();
        run.close();
        assertThat(attempts).hasValue(1);
        assertThat(run.next()).isEmpty();
    }

    @Test
    void an_error_is_told_also_where_the_function_leaves_an_interrupt_behind() throws Exception {
        try (var run = amap(List.of(1), number -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("real");
                })
                .retries(1, Duration.ofMillis(1))
                .start()) {
            assertThat(run.next().orElseThrow())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.error()).hasMessage("real"));
        }
    }

    @Test
    void the_largest_limit_is_one() throws Exception {
        assertThat(amap(List.of(1, 2), number -> number)
                        .limit(Integer.MAX_VALUE)
                        .toList())
                .containsExactly(1, 2);
    }
}
