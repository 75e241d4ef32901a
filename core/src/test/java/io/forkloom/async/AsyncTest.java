package io.forkloom.async;

import static io.forkloom.async.Async.gather;
import static io.forkloom.async.Async.race;
import static io.forkloom.async.Async.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forkloom.async.Async.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AsyncTest {
    @Test
    void values_are_gathered_in_the_order_of_their_bodies() throws Exception {
        var second = new CountDownLatch(1);
        assertThat(gather(
                        () -> {
                            second.await();
                            return 1;
                        },
                        () -> {
                            second.countDown();
                            return 2;
                        }))
                .containsExactly(1, 2);
    }

    @Test
    void the_first_failure_ends_a_gathering() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> gather(
                        () -> {
                            Threads.waitForever();
                            return 1;
                        },
                        () -> {
                            throw new IOException("mine");
                        }))
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void the_first_value_wins_a_race_and_failures_do_not_matter() throws Exception {
        var failed = new CountDownLatch(1);
        List<Callable<String>> bodies = List.of(
                () -> {
                    failed.countDown();
                    throw new IOException("mine");
                },
                () -> {
                    Threads.waitForever();
                    return "never";
                },
                () -> {
                    failed.await();
                    return "won";
                });
        assertThat(race(bodies)).isEqualTo("won");
    }

    @Test
    void a_race_that_all_lose_tells_all_errors_and_one_of_nobody_is_refused() {
        Callable<String> loser = () -> {
            throw new IOException("mine");
        };
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> race(List.of(loser, loser)))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> race(List.<Callable<String>>of()));
    }

    @Test
    void one_can_wait_for_the_first_end_the_first_failure_or_all() throws Exception {
        try (var group = TaskGroup.open(c -> c.policy(Policy.COLLECT_ALL))) {
            var go = new CountDownLatch(1);
            var fail = new CountDownLatch(1);
            Subtask<String> quick = group.fork(() -> "quick");
            Subtask<String> broken = group.fork(() -> {
                fail.await();
                throw new IOException("mine");
            });
            Subtask<String> slow = group.fork(() -> {
                go.await();
                return "slow";
            });
            var all = List.of(quick, broken, slow);

            var first = waitFor(Until.FIRST, all);
            assertThat(first.ended()).containsExactly(quick);
            assertThat(first.running()).containsExactly(broken, slow);

            fail.countDown();
            assertThat(waitFor(Until.FIRST_FAILURE, all).ended()).contains(quick, broken);

            go.countDown();
            assertThat(waitFor(Until.ALL, all).running()).isEmpty();
            assertThat(group.await()).hasSize(1);
        }
    }

    @Test
    void a_waiting_can_have_a_time_out() throws Exception {
        try (var group = TaskGroup.open()) {
            Subtask<String> never = group.fork(() -> {
                Threads.waitForever();
                return "never";
            });
            assertThat(Timeouts.moveOnAfter(Duration.ofMillis(10), () -> waitFor(Until.ALL, List.of(never))))
                    .isEmpty();
            assertThat(never.state()).isEqualTo(Subtask.State.RUNNING);
        }
    }
}
