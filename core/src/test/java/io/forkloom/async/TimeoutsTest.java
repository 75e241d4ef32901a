package io.forkloom.async;

import static io.forkloom.async.Timeouts.failAfter;
import static io.forkloom.async.Timeouts.moveOnAfter;
import static io.forkloom.async.Timeouts.shield;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(10);

    @AfterEach
    void no_interrupt_is_left_behind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private static String never() throws InterruptedException {
        Threads.waitForever();
        return "never";
    }

    @Test
    void a_body_that_is_quick_gives_its_value_or_throws_its_own() throws Exception {
        assertThat(failAfter(LONG, () -> 1)).isEqualTo(1);
        assertThat(moveOnAfter(LONG, () -> 1)).contains(1);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> failAfter(LONG, () -> {
                    throw new IOException("mine");
                }));
    }

    @Test
    void a_body_that_is_slow_fails_or_gives_nothing() throws Exception {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> failAfter(SHORT, TimeoutsTest::never))
                .withMessageContaining("20 ms");
        assertThat(moveOnAfter(SHORT, TimeoutsTest::never)).isEmpty();
    }

    @Test
    void no_time_at_all_is_a_limit_too() throws Exception {
        assertThat(moveOnAfter(Duration.ZERO, TimeoutsTest::never)).isEmpty();
    }

    @Test
    void of_nested_limits_the_one_that_is_over_answers() throws Exception {
        assertThat(moveOnAfter(
                        LONG, () -> moveOnAfter(SHORT, TimeoutsTest::never).orElse("went on")))
                .contains("went on");
        assertThat(moveOnAfter(
                        SHORT, () -> moveOnAfter(LONG, TimeoutsTest::never).orElse("not this one")))
                .isEmpty();
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> moveOnAfter(LONG, () -> failAfter(SHORT, TimeoutsTest::never)));
    }

    @Test
    void the_time_stays_over_however_often_the_interrupt_is_swallowed() throws Exception {
        var rounds = new int[1];
        assertThat(moveOnAfter(SHORT, () -> {
                    while (true) {
                        try {
                            Channel.bounded(1).receive();
                        } catch (InterruptedException e) {
                            if (++rounds[0] == 3) {
                                throw e;
                            }
                        }
                    }
                }))
                .isEmpty();
        assertThat(rounds[0]).isEqualTo(3);
    }

    @Test
    void an_interrupt_that_was_kept_ends_with_the_limit() throws Exception {
        var channel = Channel.<String>bounded(1);
        assertThat(moveOnAfter(SHORT, () -> {
                    try {
                        return channel.receive();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return "kept";
                    }
                }))
                .contains("kept");
        assertThat(moveOnAfter(SHORT, () -> {
                    for (String item : channel) {
                        return item;
                    }
                    return "none";
                }))
                .isEmpty();
    }

    @Test
    void a_value_that_comes_late_is_a_value() throws Exception {
        assertThat(failAfter(SHORT, () -> {
                    try {
                        return never();
                    } catch (InterruptedException _) {
                        return "late";
                    }
                }))
                .isEqualTo("late");
    }

    @Test
    void groups_that_were_opened_within_are_cancelled() throws Exception {
        var ended = new CountDownLatch(2);
        assertThat(moveOnAfter(SHORT, () -> {
                    try (var group = TaskGroup.open()) {
                        for (int i = 0; i < 2; i++) {
                            group.forkAction(() -> {
                                try {
                                    never();
                                } finally {
                                    ended.countDown();
                                }
                            });
                        }
                        group.join();
                        return "all";
                    }
                }))
                .isEmpty();
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void a_limit_within_a_group_is_left_to_its_subtask() throws Exception {
        try (var group = TaskGroup.open()) {
            var slow = group.fork(() -> moveOnAfter(SHORT, TimeoutsTest::never).orElse("went on"));
            var other = group.fork(() -> moveOnAfter(LONG, () -> "in time").orElseThrow());
            group.join();
            assertThat(slow.value()).isEqualTo("went on");
            assertThat(other.value()).isEqualTo("in time");
        }
    }

    @Test
    void an_interrupt_from_elsewhere_is_no_time_out() throws Exception {
        var me = Thread.currentThread();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> moveOnAfter(LONG, () -> {
                    me.interrupt();
                    return never();
                }));
    }

    @Test
    void clean_up_behind_a_shield_may_wait_although_the_time_is_over() throws Exception {
        var cleaned = new boolean[1];
        assertThat(moveOnAfter(SHORT, () -> {
                    try {
                        return never();
                    } finally {
                        shield(() -> {
                            var goodbye = Channel.<String>bounded(1);
                            goodbye.send("goodbye");
                            return goodbye.receive();
                        });
                        cleaned[0] = true;
                    }
                }))
                .isEmpty();
        assertThat(cleaned[0]).isTrue();
    }

    @Test
    void what_is_cancelled_meanwhile_comes_when_the_shield_ends() throws Exception {
        try (var group = TaskGroup.open()) {
            var within = new CountDownLatch(1);
            var go = Channel.<String>bounded(1);
            var shielded = group.fork(() -> {
                var word = shield(() -> {
                    within.countDown();
                    return go.receive();
                });
                assertThat(word).isEqualTo("go");
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return never();
            });
            within.await();
            group.cancel("enough");
            go.send("go");
            group.join();
            assertThat(shielded.state()).isEqualTo(Subtask.State.CANCELLED);
        }
    }

    @Test
    void a_shield_holds_back_no_limit_of_its_own() throws Exception {
        assertThat(shielded()).isEqualTo("moved on");
    }

    private static String shielded() throws InterruptedException {
        return shield(() -> moveOnAfter(SHORT, TimeoutsTest::never).orElse("moved on"));
    }
}
