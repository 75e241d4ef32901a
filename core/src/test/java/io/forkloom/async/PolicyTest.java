package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.forkloom.async.Subtask.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the end of one subtask means to the others, and that no error is lost on any way. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolicyTest {
    @Test
    void a_group_that_collects_all_lets_the_others_run_and_throws_every_error() {
        try (var group = TaskGroup.open(c -> c.policy(Policy.COLLECT_ALL))) {
            var failed = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                group.forkAction(() -> {
                    failed.countDown();
                    throw new IOException("mine");
                });
            }
            var later = group.fork(() -> {
                failed.await();
                return "done all the same";
            });
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .withCauseInstanceOf(IOException.class)
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .hasOnlyElementsOfType(IOException.class)
                            .hasSize(1));
            assertThat(later.value()).isEqualTo("done all the same");
        }
    }

    @Test
    void await_gives_the_errors_and_close_does_not_throw_them_again() throws Exception {
        try (var group = TaskGroup.open(c -> c.policy(Policy.COLLECT_ALL))) {
            group.forkAction(() -> {
                throw new IOException("mine");
            });
            assertThat(group.await()).singleElement().isInstanceOf(IOException.class);
        }
    }

    @Test
    void the_first_success_cancels_the_others_and_their_errors_are_not_thrown() throws Exception {
        var failed = new CountDownLatch(1);
        try (var group = TaskGroup.open(c -> c.policy(Policy.FIRST_SUCCESS))) {
            var broken = group.forkAction(() -> {
                failed.countDown();
                throw new IOException("mine");
            });
            var slow = group.forkAction(Threads::waitForever);
            var quick = group.fork(() -> {
                failed.await();
                return 1;
            });
            group.join();
            assertThat(quick.value()).isEqualTo(1);
            assertThat(slow.state()).isEqualTo(State.CANCELLED);
            assertThat(broken.state()).isEqualTo(State.FAILED);
        }
    }

    @Test
    void where_nobody_succeeds_all_errors_are_thrown() {
        try (var group = TaskGroup.open(c -> c.policy(Policy.FIRST_SUCCESS))) {
            for (int i = 0; i < 3; i++) {
                group.forkAction(() -> {
                    throw new IOException("mine");
                });
            }
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        }
    }

    @Test
    void subtasks_are_handed_out_in_the_order_of_their_ends() throws Exception {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        var order = new ArrayList<String>();
        try (var group = TaskGroup.open(c -> c.policy(Policy.AS_COMPLETED))) {
            group.forkAction("last", second::await);
            group.forkAction("middle", first::await);
            group.forkAction("first", () -> {});
            for (var ended : group.completed()) {
                order.add(ended.name());
                if (ended.name().equals("first")) {
                    first.countDown();
                } else {
                    second.countDown();
                }
            }
        }
        assertThat(order).containsExactly("first", "middle", "last");
    }

    @Test
    void whoever_takes_a_failed_subtask_has_its_error_and_close_throws_only_the_rest() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    try (var group = TaskGroup.open(c -> c.policy(Policy.AS_COMPLETED))) {
                        for (int i = 0; i < 3; i++) {
                            group.forkAction(() -> {
                                throw new IOException("mine");
                            });
                        }
                        assertThat(group.completed().iterator().next().failure())
                                .containsInstanceOf(IOException.class);
                        group.join();
                    }
                })
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void what_is_forked_while_others_are_taken_comes_too() throws Exception {
        int taken = 0;
        try (var group = TaskGroup.open(c -> c.policy(Policy.AS_COMPLETED))) {
            group.fork(() -> 3);
            for (var ended : group.completed()) {
                taken++;
                int left = (int) ended.value();
                if (left > 0) {
                    group.fork(() -> left - 1);
                }
            }
        }
        assertThat(taken).isEqualTo(4);
    }

    @Test
    void only_a_group_of_that_policy_hands_out_subtasks() {
        try (var group = TaskGroup.open()) {
            assertThatIllegalStateException().isThrownBy(group::completed).withMessageContaining("AS_COMPLETED");
        }
    }

    @Test
    void what_fails_after_errors_were_thrown_and_taken_is_not_lost() {
        assertThatExceptionOfType(GroupFailedException.class)
                .isThrownBy(() -> {
                    try (var group = TaskGroup.open(c -> c.policy(Policy.AS_COMPLETED))) {
                        group.forkAction(() -> {
                            throw new IOException("first");
                        });
                        assertThatExceptionOfType(GroupFailedException.class).isThrownBy(group::join);
                        assertThat(group.completed()).hasSize(1);
                        group.forkAction(() -> {
                            throw new IOException("second");
                        });
                    }
                })
                .withMessageContaining("second");
    }

    @Test
    void an_error_that_has_no_words_for_itself_is_told_all_the_same() {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                throw new IOException() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("no words");
                    }
                };
            });
            assertThatExceptionOfType(GroupFailedException.class)
                    .isThrownBy(group::join)
                    .withCauseInstanceOf(IOException.class);
        }
    }
}
