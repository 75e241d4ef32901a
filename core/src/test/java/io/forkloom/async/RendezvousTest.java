package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RendezvousTest {
    private final Channel<Integer> channel = Channel.rendezvous("hand");

    @Test
    void send_returns_when_the_item_was_received() throws Exception {
        try (var group = TaskGroup.open()) {
            var sender = new ArrayList<Thread>();
            var sent = group.forkAction(() -> {
                sender.add(Thread.currentThread());
                channel.send(1);
            });
            while (sender.isEmpty()) {
                Thread.onSpinWait();
            }
            Threads.awaitWaiting(sender.getFirst());
            assertThat(sent.state()).isEqualTo(Subtask.State.RUNNING);
            assertThat(LockSupport.getBlocker(sender.getFirst())).hasToString("to send to channel hand (rendezvous)");
            assertThat(channel.size()).isZero();
            assertThat(channel.receive()).isEqualTo(1);
            group.join();
        }
    }

    @Test
    void to_try_is_to_meet_who_waits() throws Exception {
        assertThat(channel.trySend(1)).isFalse();
        assertThat(channel.tryReceive()).isEmpty();
        try (var group = TaskGroup.open()) {
            var received = group.fork(channel::receive);
            while (!channel.trySend(2)) {
                Thread.onSpinWait();
            }
            group.join();
            assertThat(received.value()).isEqualTo(2);
            group.forkAction(() -> channel.send(3));
            var taken = channel.tryReceive();
            while (taken.isEmpty()) {
                Thread.onSpinWait();
                taken = channel.tryReceive();
            }
            assertThat(taken).contains(3);
            group.join();
        }
    }

    @Test
    void what_was_not_received_at_the_close_was_not_sent() throws Exception {
        try (var group = TaskGroup.open()) {
            var refused = group.forkAction(() ->
                    assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send(1)));
            channel.close();
            group.join();
            assertThat(refused.state()).isEqualTo(Subtask.State.DONE);
        }
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .withMessage("channel hand is closed");
    }

    @Test
    void many_items_arrive_in_order() throws Exception {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                for (int i = 0; i < 1_000; i++) {
                    channel.send(i);
                }
                channel.close();
            });
            int expected = 0;
            for (int item : channel) {
                assertThat(item).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(1_000);
            group.join();
        }
    }
}
