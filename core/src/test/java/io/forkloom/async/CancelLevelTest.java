package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.TaskFunction;
import io.forkloom.ThreadPool;
import io.forkloom.async.Subtask.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling is a level and not an edge: whoever swallows the interrupt meets it again at the next wait. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelLevelTest {
    @Test
    void every_wait_in_a_cancelled_group_throws_however_often_it_was_caught() throws Exception {
        var caught = new AtomicInteger();
        try (var group = TaskGroup.open("crawl")) {
            var begun = new CountDownLatch(1);
            var stubborn = group.forkAction(() -> {
                begun.countDown();
                for (int i = 0; i < 3; i++) {
                    try {
                        Channel.bounded(1).receive();
                    } catch (InterruptedException e) {
                        caught.incrementAndGet();
                        assertThat(e).hasMessageContaining("group crawl was cancelled: enough");
                    }
                }
                Channel.bounded(1).receive();
            });
            begun.await();
            group.cancel("enough");
            group.join();
            assertThat(caught).hasValue(3);
            assertThat(stubborn.state()).isEqualTo(State.CANCELLED);
        }
    }

    @Test
    void a_cancelled_group_gives_nothing_more_to_a_pool() throws Exception {
        var ran = new AtomicInteger();
        TaskFunction<Integer, Integer> work = _ -> ran.incrementAndGet();
        try (var pool = ThreadPool.open(c -> c.workers(1));
                var group = TaskGroup.open("crawl")) {
            var begun = new CountDownLatch(1);
            var task = group.forkAction(() -> {
                begun.countDown();
                try {
                    Threads.waitForever();
                } catch (InterruptedException _) {
                    // swallowed
                }
                pool.call(work, 1);
            });
            begun.await();
            group.cancel("enough");
            group.join();
            assertThat(task.state()).isEqualTo(State.CANCELLED);
            assertThat(pool.stats().submitted()).isZero();
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    void what_is_opened_within_a_cancelled_group_is_cancelled_too_also_where_its_owner_does_not_listen()
            throws Exception {
        try (var outer = TaskGroup.open("outer")) {
            var deep = new CountDownLatch(1);
            var woken = new CountDownLatch(1);
            outer.forkAction(() -> {
                try (var inner = TaskGroup.open("inner")) {
                    inner.forkAction(() -> {
                        deep.countDown();
                        try {
                            Threads.waitForever();
                        } finally {
                            woken.countDown();
                        }
                    });
                    while (woken.getCount() > 0) {
                        Thread.onSpinWait(); // it computes, and hears nothing
                    }
                    assertThat(inner.isCancelled()).isTrue();
                    assertThat(inner.forkAction(() -> {}).state()).isEqualTo(State.CANCELLED);
                }
            });
            deep.await();
            outer.cancel("enough");
            outer.join();
        }
    }

    @Test
    void a_failure_wakes_the_owner_in_a_wait_of_ours_with_the_error_itself() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    try (var group = TaskGroup.open()) {
                        var results = Channel.<String>bounded(1);
                        group.forkAction(() -> {
                            throw new IOException("no route");
                        });
                        results.receive();
                    }
                })
                .withCauseInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void errors_that_come_after_the_owner_was_woken_are_not_lost() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    try (var group = TaskGroup.open()) {
                        var waits = new CountDownLatch(1);
                        group.forkAction(() -> {
                            waits.countDown();
                            try {
                                Threads.waitForever();
                            } catch (InterruptedException _) {
                                throw new IOException("while cleaning up");
                            }
                        });
                        waits.await();
                        group.forkAction(() -> {
                            throw new IOException("no route");
                        });
                        Channel.bounded(1).receive();
                    }
                })
                .satisfies(e -> {
                    assertThat(e).hasRootCauseMessage("no route");
                    assertThat(e.getSuppressed()).isNotEmpty();
                });
    }

    @Test
    void a_failure_wakes_the_owner_in_any_other_wait_by_an_interrupt_which_run_hides() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> TaskGroup.run(c -> {}, group -> {
                    group.forkAction(() -> {
                        throw new IOException("no route");
                    });
                    Threads.waitForever();
                }))
                .withCauseInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void what_the_body_of_run_throws_by_itself_is_thrown_and_the_subtasks_have_ended() {
        var subtask = new Subtask<?>[1];
        assertThatThrownBy(() -> TaskGroup.run(c -> {}, group -> {
                    subtask[0] = group.forkAction(Threads::waitForever);
                    throw new IOException("mine");
                }))
                .isInstanceOf(IOException.class);
        assertThat(subtask[0].state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void cancelling_does_not_wake_the_owner() throws Exception {
        try (var group = TaskGroup.open()) {
            group.cancel("enough");
            var channel = Channel.<String>bounded(1);
            channel.send("the owner goes on");
            assertThat(channel.receive()).isEqualTo("the owner goes on");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void after_the_join_the_owner_of_a_failed_group_waits_as_it_likes() throws Exception {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                throw new IOException("no route");
            });
            assertThat(group.await()).hasSize(1);
            var channel = Channel.<String>bounded(1);
            channel.send("still there");
            assertThat(channel.receive()).isEqualTo("still there");
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void iterating_over_a_channel_in_a_failed_group_ends_with_the_error() {
        assertThatExceptionOfType(GroupFailedException.class).isThrownBy(() -> {
            try (var group = TaskGroup.open()) {
                group.forkAction(() -> {
                    throw new IOException("no route");
                });
                for (var _ : Channel.<String>bounded(1)) {
                    throw new CancellationException("there is nothing to receive");
                }
            }
        });
    }

    @Test
    void groups_closed_out_of_order_leave_the_others_as_they_are() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    var outer = TaskGroup.open("outer");
                    try (var inner = TaskGroup.open("inner")) {
                        outer.close();
                        inner.forkAction(() -> {
                            throw new IOException("no route");
                        });
                        Channel.bounded(1).receive();
                    }
                })
                .withCauseInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_limit_within_a_group_that_is_closed_meanwhile_still_ends() throws Exception {
        var group = TaskGroup.open();
        assertThat(Timeouts.moveOnAfter(Duration.ofMillis(20), () -> {
                    group.close();
                    return Channel.<String>bounded(1).receive();
                }))
                .isEmpty();
    }

    @Test
    void a_group_that_a_subtask_has_left_open_ends_with_it_and_that_is_an_error() {
        var inner = new Subtask<?>[1];
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    try (var group = TaskGroup.open("outer")) {
                        group.forkAction(() -> {
                            var forgotten = TaskGroup.open("forgotten");
                            inner[0] = forgotten.forkAction(Threads::waitForever);
                        });
                        group.join();
                    }
                })
                .withMessageContaining("has left group forgotten open");
        assertThat(inner[0].state()).isEqualTo(State.CANCELLED);
    }
}
