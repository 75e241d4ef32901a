package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.forkloom.async.Subtask.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskGroupTest {
    @Test
    void values_are_there_after_the_join() throws Exception {
        try (var group = TaskGroup.open()) {
            var number = group.fork(() -> 42);
            var word = group.fork("word", () -> "yes");
            group.join();
            assertThat(number.value()).isEqualTo(42);
            assertThat(word.value()).isEqualTo("yes");
            assertThat(word.state()).isEqualTo(State.DONE);
            assertThat(word.failure()).isEmpty();
        }
    }

    @Test
    void a_subtask_runs_on_a_virtual_thread_that_carries_both_names() throws Exception {
        try (var group = TaskGroup.open("crawl")) {
            var named = group.fork("fetch", Thread::currentThread);
            var counted = group.fork(Thread::currentThread);
            group.join();
            assertThat(named.value().isVirtual()).isTrue();
            assertThat(named.value().getName()).isEqualTo("crawl/fetch");
            assertThat(counted.value().getName()).isEqualTo("crawl/2");
        }
    }

    @Test
    void a_body_may_give_nothing() throws Exception {
        var ran = new AtomicBoolean();
        try (var group = TaskGroup.open()) {
            var action = group.forkAction(() -> ran.set(true));
            var nothing = group.fork(() -> null);
            group.join();
            assertThat(action.state()).isEqualTo(State.DONE);
            assertThat(nothing.value()).isNull();
        }
        assertThat(ran).isTrue();
    }

    @Test
    void the_first_failure_cancels_those_that_wait() {
        try (var group = TaskGroup.open("crawl")) {
            var waiting = group.forkAction(Threads::waitForever);
            var failing = group.forkAction("bad", () -> {
                throw new IOException("no route");
            });
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .withMessage("group crawl failed: java.io.IOException: no route")
                    .withCauseExactlyInstanceOf(IOException.class);
            assertThat(waiting.state()).isEqualTo(State.CANCELLED);
            assertThat(failing.state()).isEqualTo(State.FAILED);
            assertThat(failing.failure()).containsInstanceOf(IOException.class);
        }
    }

    @Test
    void all_errors_are_kept_and_mere_interruptions_are_none() {
        var ready = new CountDownLatch(3);
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> failsWhenInterrupted(ready, new IllegalStateException("could not save")));
            group.forkAction(() -> failsWhenInterrupted(ready, new InterruptedException()));
            group.forkAction(() ->
                    failsWhenInterrupted(ready, new UncheckedIOException(new IOException(new InterruptedException()))));
            group.forkAction(() -> {
                ready.await();
                throw new IOException("first");
            });
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .withMessageContaining("first, and 1 more")
                    .satisfies(failed -> {
                        assertThat(failed.getCause()).hasMessage("first");
                        assertThat(failed.getSuppressed())
                                .singleElement()
                                .satisfies(error -> assertThat(error).hasMessage("could not save"));
                    });
        }
    }

    @Test
    void an_interrupt_that_nobody_of_the_group_sent_is_an_error() {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                throw new InterruptedException("from outside");
            });
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .withCauseExactlyInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void an_error_is_kept_like_an_exception() {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                throw new StackOverflowError();
            });
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .withCauseExactlyInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void a_group_can_be_joined_again_after_more_was_forked() throws Exception {
        try (var group = TaskGroup.open()) {
            for (int round = 0; round < 3; round++) {
                var subtask = group.fork(() -> "ready");
                group.join();
                assertThat(subtask.value()).isEqualTo("ready");
            }
        }
    }

    @Test
    void join_waits_for_what_subtasks_fork() throws Exception {
        var inner = new AtomicReference<Subtask<String>>();
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> inner.set(group.fork(() -> "deep")));
            group.join();
            assertThat(inner.get().value()).isEqualTo("deep");
        }
    }

    @Test
    void a_subtask_without_a_value_says_why() throws Exception {
        try (var group = TaskGroup.open()) {
            var subtask = group.fork("slow", () -> {
                Threads.waitForever();
                return 1;
            });
            assertThat(subtask.state()).isEqualTo(State.RUNNING);
            assertThatIllegalStateException()
                    .isThrownBy(subtask::value)
                    .withMessage("subtask slow still runs: join its group first");
            group.cancel("enough");
            group.join();
            assertThatIllegalStateException()
                    .isThrownBy(subtask::value)
                    .withMessage("subtask slow has no value: it was cancelled: enough");
        }
    }

    @Test
    void the_value_of_a_failed_subtask_throws_with_its_failure_as_the_cause() {
        try (var group = TaskGroup.open()) {
            var subtask = group.fork(() -> {
                throw new IOException("no route");
            });
            assertThatExceptionOfType(GroupFailedException.class).isThrownBy(group::join);
            assertThatIllegalStateException().isThrownBy(subtask::value).withCauseExactlyInstanceOf(IOException.class);
        }
    }

    @Test
    void only_the_owner_joins_and_closes_and_a_stranger_may_not_fork() throws Exception {
        try (var group = TaskGroup.open("mine");
                var strangers = TaskGroup.open()) {
            strangers.forkAction(() -> {
                assertThatIllegalStateException().isThrownBy(group::join).withMessageContaining("must not join group");
                assertThatIllegalStateException().isThrownBy(group::close).withMessageContaining("must not close");
                assertThatIllegalStateException()
                        .isThrownBy(() -> group.fork(() -> 1))
                        .withMessageContaining("must not fork into group mine");
            });
            strangers.join();
            group.forkAction(() -> assertThatIllegalStateException().isThrownBy(group::join));
            group.join();
        }
    }

    @Test
    void close_throws_the_errors_that_no_join_has_thrown() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    try (var group = TaskGroup.open()) {
                        group.forkAction(() -> {
                            throw new IOException("unseen");
                        });
                    }
                })
                .withCauseExactlyInstanceOf(IOException.class);
    }

    @Test
    void close_does_not_repeat_what_a_join_has_thrown() {
        assertThatCode(() -> {
                    try (var group = TaskGroup.open()) {
                        group.forkAction(() -> {
                            throw new IOException("seen");
                        });
                        assertThatExceptionOfType(GroupFailedException.class).isThrownBy(group::join);
                        assertThatExceptionOfType(GroupFailedException.class).isThrownBy(group::join);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static void failsWhenInterrupted(CountDownLatch ready, Exception error) throws Exception {
        ready.countDown();
        try {
            Threads.waitForever();
        } catch (InterruptedException _) {
            throw error;
        }
    }
}
