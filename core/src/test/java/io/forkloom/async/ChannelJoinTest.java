package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChannelJoinTest {
    private final Channel<Integer> channel = Channel.bounded("pages", 4);

    @Test
    void join_returns_at_once_where_nothing_was_sent() throws Exception {
        channel.join();
        assertThat(channel.isClosed()).isFalse();
    }

    @Test
    void join_waits_until_all_that_was_sent_is_done() throws Exception {
        channel.send(1);
        channel.send(2);
        channel.receive();
        channel.done();
        var joiner = Thread.startVirtualThread(this::join);
        Threads.awaitWaiting(joiner);
        assertThat(LockSupport.getBlocker(joiner))
                .hasToString("until all is done that was sent to channel pages (1 of 4)");
        channel.receive();
        Threads.awaitWaiting(joiner);
        channel.done();
        joiner.join();
    }

    @Test
    void an_item_handed_to_who_waited_for_it_counts_too() throws Exception {
        var receiver = Thread.startVirtualThread(this::receive);
        Threads.awaitWaiting(receiver);
        channel.send(1);
        receiver.join();
        var joiner = Thread.startVirtualThread(this::join);
        Threads.awaitWaiting(joiner);
        channel.done();
        joiner.join();
    }

    @Test
    void done_for_an_item_that_was_not_received_is_refused() throws Exception {
        channel.send(1);
        assertThatIllegalStateException()
                .isThrownBy(channel::done)
                .withMessage("done() once too often: it was called before for every item that was received from"
                        + " channel pages (1 of 4)");
        channel.receive();
        channel.done();
        assertThatIllegalStateException().isThrownBy(channel::done);
    }

    @Test
    void a_close_does_not_end_a_join_but_a_failure_does() throws Exception {
        channel.send(1);
        try (var group = TaskGroup.open()) {
            var joined = group.forkAction(() -> assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(channel::join)
                    .withCauseExactlyInstanceOf(IOException.class));
            channel.fail(new IOException("no route"));
            group.join();
            assertThat(joined.state()).isEqualTo(Subtask.State.DONE);
        }
        var closed = Channel.bounded(1);
        closed.send(1);
        closed.close();
        var joiner = Thread.startVirtualThread(() -> quietly(closed::join));
        Threads.awaitWaiting(joiner);
        closed.receive();
        closed.done();
        joiner.join();
    }

    private void join() {
        quietly(channel::join);
    }

    private void receive() {
        quietly(channel::receive);
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
