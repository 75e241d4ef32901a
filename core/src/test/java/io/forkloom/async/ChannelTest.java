package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChannelTest {
    @Test
    void items_come_out_in_the_order_of_sending() throws Exception {
        var channel = Channel.<Integer>bounded(3);
        channel.send(1);
        channel.send(2);
        assertThat(channel.trySend(3)).isTrue();
        assertThat(channel.trySend(4)).isFalse();
        assertThat(channel.size()).isEqualTo(3);
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.tryReceive()).contains(2);
        assertThat(channel.receive()).isEqualTo(3);
        assertThat(channel.tryReceive()).isEmpty();
    }

    @Test
    void a_channel_without_room_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channel.bounded(0))
                .withMessage(
                        "a channel of capacity 0 could never take an item; one that hands over without room is Channel.rendezvous()");
    }

    @Test
    void send_waits_until_there_is_room() throws Exception {
        var channel = Channel.<Integer>bounded(1);
        channel.send(1);
        var sender = Thread.startVirtualThread(() -> send(channel, 2));
        Threads.awaitWaiting(sender);
        assertThat(channel.receive()).isEqualTo(1);
        sender.join();
        assertThat(channel.receive()).isEqualTo(2);
    }

    @Test
    void receive_waits_until_there_is_an_item() throws Exception {
        var channel = Channel.<String>bounded(1);
        try (var group = TaskGroup.open()) {
            var received = group.fork(channel::receive);
            channel.send("late");
            group.join();
            assertThat(received.value()).isEqualTo("late");
        }
    }

    @Test
    void a_closed_channel_takes_nothing_and_gives_the_rest() throws Exception {
        var channel = Channel.<Integer>bounded(4);
        channel.send(1);
        channel.send(2);
        channel.close();
        assertThat(channel.isClosed()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send(3));
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(3));
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.tryReceive()).contains(2);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .withNoCause();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(channel::tryReceive);
    }

    @Test
    void a_failed_channel_gives_the_rest_and_then_its_error() throws Exception {
        var channel = Channel.<Integer>bounded(4);
        channel.send(1);
        channel.fail(new IOException("no route"));
        channel.close();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.send(2))
                .withCauseExactlyInstanceOf(IOException.class);
        assertThat(channel.receive()).isEqualTo(1);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .withMessageContaining("no route")
                .withCauseExactlyInstanceOf(IOException.class);
    }

    @Test
    void a_failure_after_the_close_changes_nothing() {
        var channel = Channel.<Integer>bounded(1);
        channel.close();
        channel.fail(new IOException());
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .withNoCause();
    }

    @Test
    void the_end_wakes_all_that_wait_to_send() throws Exception {
        var channel = Channel.<Integer>bounded(1);
        channel.send(1);
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 3; i++) {
                group.forkAction(() ->
                        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send(2)));
            }
            channel.close();
            group.join();
        }
        assertThat(channel.size()).isEqualTo(1);
    }

    @Test
    void the_end_wakes_all_that_wait_to_receive() throws Exception {
        var channel = Channel.<Integer>bounded(1);
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 3; i++) {
                group.forkAction(() -> assertThatExceptionOfType(ChannelClosedException.class)
                        .isThrownBy(channel::receive)
                        .withCauseExactlyInstanceOf(IOException.class));
            }
            channel.fail(new IOException());
            group.join();
        }
    }

    @Test
    void iteration_ends_with_the_channel() throws Exception {
        var channel = Channel.<Integer>bounded(2);
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                for (int i = 0; i < 100; i++) {
                    channel.send(i);
                }
                channel.close();
            });
            int expected = 0;
            for (var item : channel) {
                assertThat(item).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(100);
            group.join();
        }
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> channel.iterator().next());
    }

    @Test
    void iteration_rethrows_the_error_after_the_rest() throws Exception {
        var channel = Channel.<Integer>bounded(2);
        channel.send(1);
        channel.fail(new IOException());
        var items = channel.iterator();
        assertThat(items.next()).isEqualTo(1);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(items::hasNext)
                .withCauseExactlyInstanceOf(IOException.class);
    }

    @Test
    void an_interrupted_iteration_throws_and_keeps_the_interrupt() {
        var items = Channel.bounded(1).iterator();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(items::hasNext);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void send(Channel<Integer> channel, int item) {
        try {
            channel.send(item);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
