package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.async.SubtaskView.State;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupViewTest {
    private static GroupView view(String name) {
        return GroupView.all(100).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void it_says_of_each_subtask_whether_it_runs_and_where_and_for_what_it_waits() throws Exception {
        try (var group = TaskGroup.open("seen")) {
            var pages = Channel.<String>bounded("pages", 16);
            var waiting = group.forkAction("receiver", pages::receive);
            var computes = new CountDownLatch(1);
            var computing = group.forkAction("computer", () -> {
                computes.countDown();
                while (!group.isCancelled()) {
                    Thread.onSpinWait();
                }
            });
            computes.await();
            Threads.awaitWaiting(waiting.member().thread());

            var view = view("seen");
            assertThat(view.owner()).isEqualTo(Thread.currentThread().getName());
            assertThat(view.running()).isEqualTo(2);
            var receiver = view.subtasks().getFirst();
            assertThat(receiver.name()).isEqualTo("receiver");
            assertThat(receiver.state()).isEqualTo(State.SUSPENDED);
            assertThat(receiver.waitingFor()).contains("channel pages");
            assertThat(receiver.age()).isPositive();
            var computer = view.subtasks().getLast();
            assertThat(computer.state()).isEqualTo(State.RUNNING);
            assertThat(computer.waitingFor()).isEmpty();
            group.cancel("seen enough");
            assertThat(computing.state()).isNotNull();
        }
        assertThat(GroupView.all(1)).extracting(GroupView::name).doesNotContain("seen");
    }

    @Test
    void of_many_subtasks_it_shows_as_many_as_are_asked_for_and_counts_the_rest() throws Exception {
        try (var group = TaskGroup.open("many")) {
            for (int i = 0; i < 100; i++) {
                group.forkAction(Threads::waitForever);
            }
            var view = GroupView.all(10).stream()
                    .filter(each -> each.name().equals("many"))
                    .findFirst()
                    .orElseThrow();
            assertThat(view.subtasks()).hasSize(10);
            assertThat(view.running()).isEqualTo(100);
        }
    }

    @Test
    void declared_scoped_values_are_carried_and_others_are_not() throws Exception {
        ScopedValue<String> user = ScopedValue.newInstance();
        ScopedValue<String> tenant = ScopedValue.newInstance();
        ScopedValue<String> unbound = ScopedValue.newInstance();
        ScopedValue.where(user, "ada").where(tenant, "acme").call(() -> {
            try (var group = TaskGroup.open(c -> c.carry(user, unbound))) {
                var name = group.fork(user::get);
                var other = group.fork(() -> tenant.isBound() || unbound.isBound());
                group.join();
                assertThat(name.value()).isEqualTo("ada");
                assertThat(other.value()).isFalse();
                return true;
            }
        });
    }
}
