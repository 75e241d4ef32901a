package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.forkloom.ThreadPool;
import io.forkloom.async.Subtask.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskGroupCancelTest {
    @Test
    void cancel_ends_the_subtasks_and_join_throws_nothing() throws Exception {
        try (var group = TaskGroup.open()) {
            var subtask = group.forkAction(Threads::waitForever);
            assertThat(group.isCancelled()).isFalse();
            assertThat(group.cancel("enough")).isTrue();
            assertThat(group.cancel("more than enough")).isFalse();
            group.join();
            assertThat(group.isCancelled()).isTrue();
            assertThat(subtask.state()).isEqualTo(State.CANCELLED);
        }
    }

    @Test
    void a_subtask_that_returns_in_spite_of_the_interrupt_is_done() throws Exception {
        try (var group = TaskGroup.open()) {
            var subtask = group.fork(() -> {
                try {
                    Threads.waitForever();
                } catch (InterruptedException _) {
                    return "half";
                }
                return "whole";
            });
            group.cancel("enough");
            group.join();
            assertThat(subtask.value()).isEqualTo("half");
        }
    }

    @Test
    void nothing_starts_in_a_cancelled_group() throws Exception {
        var ran = new AtomicBoolean();
        try (var group = TaskGroup.open()) {
            group.cancel("enough");
            var late = group.forkAction(() -> ran.set(true));
            assertThat(late.state()).isEqualTo(State.CANCELLED);
            group.join();
        }
        assertThat(ran).isFalse();
    }

    @Test
    void nothing_starts_in_a_group_that_has_failed() {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                throw new IOException();
            });
            assertThatExceptionOfType(GroupFailedException.class).isThrownBy(group::join);
            assertThat(group.fork(() -> 1).state()).isEqualTo(State.CANCELLED);
        }
    }

    @Test
    void forking_into_a_closed_group_is_an_error() {
        var group = TaskGroup.open("crawl");
        group.close();
        group.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> group.fork(() -> 1))
                .withMessageStartingWith("group crawl is closed");
    }

    @Test
    void an_interrupted_join_leaves_the_subtasks_to_close() {
        Subtask<?> subtask;
        try (var group = TaskGroup.open()) {
            subtask = group.forkAction(Threads::waitForever);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(group::join);
            assertThat(subtask.state()).isEqualTo(State.RUNNING);
        }
        assertThat(subtask.state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void an_interrupted_close_still_waits_and_keeps_the_interrupt() {
        var cleaned = new AtomicBoolean();
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                try {
                    Threads.waitForever();
                } finally {
                    cleaned.set(true);
                }
            });
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cleaned).isTrue();
    }

    @Test
    void closing_a_group_with_a_thousand_running_subtasks_leaves_no_thread() throws Exception {
        var threads = Channel.<Thread>bounded(1_000);
        var subtasks = new ArrayList<Subtask<?>>();
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 1_000; i++) {
                subtasks.add(group.forkAction(() -> {
                    threads.send(Thread.currentThread());
                    Threads.waitForever();
                }));
            }
            while (threads.size() < 1_000) {
                Thread.onSpinWait();
            }
        }
        threads.close();
        assertThat(threads).hasSize(1_000).noneMatch(Thread::isAlive);
        assertThat(subtasks).allMatch(subtask -> subtask.state() == State.CANCELLED);
    }

    @Test
    void cancel_reaches_a_nested_group() throws Exception {
        var inside = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        try (var outer = TaskGroup.open()) {
            outer.forkAction(() -> {
                try (var inner = TaskGroup.open()) {
                    inner.forkAction(() -> {
                        inside.countDown();
                        Threads.waitForever();
                    });
                    inner.join();
                } finally {
                    ended.set(true);
                }
            });
            inside.await();
            outer.cancel("enough");
            outer.join();
        }
        assertThat(ended).isTrue();
    }

    @Test
    void cancel_reaches_a_task_in_a_pool() throws Exception {
        var inside = new Semaphore(0);
        var interrupted = new AtomicBoolean();
        try (var pool = ThreadPool.open(c -> c.workers(1));
                var group = TaskGroup.open()) {
            var subtask = group.forkAction(() -> pool.run(() -> {
                inside.release();
                try {
                    Threads.waitForever();
                } finally {
                    interrupted.set(true);
                }
            }));
            inside.acquire();
            group.cancel("enough");
            group.join();
            assertThat(subtask.state()).isEqualTo(State.CANCELLED);
            assertThat(interrupted).isTrue();
            assertThat(pool.stats().cancelled()).isEqualTo(1);
        }
    }

    @Test
    void a_socket_that_the_cancel_closed_is_not_an_error() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var group = TaskGroup.open()) {
            var inside = new CountDownLatch(1);
            var subtask = group.fork(() -> {
                inside.countDown();
                return server.accept();
            });
            inside.await();
            group.cancel("enough");
            group.join();
            assertThat(subtask.state()).isEqualTo(State.CANCELLED);
        }
    }

    @Test
    void a_cancel_that_races_with_forks_leaves_no_subtask_without_an_end() throws Exception {
        for (int round = 0; round < 500; round++) {
            var start = new CyclicBarrier(2);
            var ends = new ArrayList<Subtask<?>>();
            try (var group = TaskGroup.open();
                    var canceller = TaskGroup.open()) {
                canceller.forkAction(() -> {
                    Threads.meet(start);
                    group.cancel("enough");
                });
                Threads.meet(start);
                IntStream.range(0, 20)
                        .forEach(i ->
                                ends.add(i % 2 == 0 ? group.fork(() -> i) : group.forkAction(Threads::waitForever)));
                group.join();
                canceller.join();
            }
            assertThat(ends).extracting(Subtask::state).isSubsetOf(State.DONE, State.CANCELLED);
        }
    }

    @Test
    void of_failures_that_race_none_is_lost() throws Exception {
        for (int round = 0; round < 500; round++) {
            var start = new CyclicBarrier(5);
            try (var group = TaskGroup.open()) {
                for (int i = 0; i < 5; i++) {
                    group.forkAction(() -> {
                        start.await();
                        throw new IOException("mine");
                    });
                }
                var failed = assertThatExceptionOfType(GroupFailedException.class)
                        .isThrownBy(group::join)
                        .actual();
                // One may find itself interrupted on its way out of the barrier; it has then not thrown its own error.
                assertThat(failed).hasCauseExactlyInstanceOf(IOException.class);
                assertThat(failed.getSuppressed()).allMatch(IOException.class::isInstance);
            }
        }
    }

    @Test
    void ended_threads_do_not_pile_up_in_a_group_that_forks_for_ever() throws Exception {
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 10_000; i++) {
                group.forkAction(() -> {}).member().thread().join();
            }
            assertThat(group.crew().list()).hasSizeLessThanOrEqualTo(64);
        }
    }
}
