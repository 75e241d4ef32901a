package io.forkloom.async;

import static io.forkloom.async.Select.receive;
import static io.forkloom.async.Select.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for any capacity, and any number of those who send and receive: in order, nothing lost, nothing twice. */
class ChannelOrderTest {
    private static final int ITEMS = 200; // of each sender

    private record Sent(int sender, int number) {}

    @Property(tries = 100)
    void all_that_was_sent_before_the_close_arrives_once_and_in_order(
            @ForAll @IntRange(max = 40) int capacity,
            @ForAll @IntRange(min = 1, max = 6) int senders,
            @ForAll @IntRange(min = 1, max = 6) int receivers)
            throws InterruptedException {
        var channel = channel(capacity);
        var received = new ArrayList<Subtask<List<Sent>>>();
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < receivers; i++) {
                received.add(group.fork(() -> drained(channel)));
            }
            group.fork(() -> sendAndClose(channel, senders));
            group.join();
        }
        assertAllOnceInOrder(received, senders);
        assertThat(channel.size()).isZero();
    }

    @Property(tries = 100)
    void it_is_the_same_for_selects_that_use_two_channels(
            @ForAll @IntRange(max = 3) int one, @ForAll @IntRange(max = 20) int other, @ForAll boolean selectSends)
            throws InterruptedException {
        var channels = List.of(channel(one), channel(other));
        var received = new ArrayList<Subtask<List<Sent>>>();
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 4; i++) {
                received.add(group.fork(() -> drainedBoth(channels)));
            }
            try (var senders = TaskGroup.open()) {
                for (int sender = 0; sender < 4; sender++) {
                    var own = sender;
                    senders.forkAction(() -> sendAll(channels, own, selectSends));
                }
                senders.join();
            }
            channels.forEach(Channel::close);
            group.join();
        }
        var all = received.stream().flatMap(each -> each.value().stream()).toList();
        assertThat(all).hasSize(4 * ITEMS).doesNotHaveDuplicates();
    }

    @Property(tries = 100)
    void what_was_sent_when_a_channel_is_closed_at_any_moment_is_received(
            @ForAll @IntRange(max = 20) int capacity, @ForAll @IntRange(max = 300) int moment)
            throws InterruptedException {
        var channel = channel(capacity);
        try (var group = TaskGroup.open()) {
            var sent = List.of(group.fork(() -> sentUntilClosed(channel)), group.fork(() -> sentUntilClosed(channel)));
            var received = group.fork(() -> {
                for (int i = 0; i < moment; i++) {
                    channel.receive();
                }
                channel.close();
                return moment + drained(channel).size();
            });
            group.join();
            assertThat(sent.stream().mapToInt(Subtask::value).sum()).isEqualTo(received.value());
        }
    }

    private static Channel<Sent> channel(int capacity) {
        return capacity == 0 ? Channel.rendezvous() : Channel.bounded(capacity);
    }

    private static Optional<Void> sendAndClose(Channel<Sent> channel, int senders) throws InterruptedException {
        try (var group = TaskGroup.open()) {
            for (int sender = 0; sender < senders; sender++) {
                var own = sender;
                group.forkAction(() -> sendAll(List.of(channel), own, false));
            }
            group.join();
        }
        channel.close();
        return Optional.empty();
    }

    private static void sendAll(List<Channel<Sent>> channels, int sender, boolean select) throws InterruptedException {
        for (int i = 0; i < ITEMS; i++) {
            var item = new Sent(sender, i);
            if (select) {
                var all = channels.stream()
                        .map(channel -> send(channel, item, () -> true))
                        .toList();
                assertThat(Select.of(all).await()).isTrue();
            } else {
                channels.get(i % channels.size()).send(item);
            }
        }
    }

    private static int sentUntilClosed(Channel<Sent> channel) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                channel.send(new Sent(0, i));
            } catch (ChannelClosedException _) {
                return i;
            }
        }
    }

    private static List<Sent> drained(Channel<Sent> channel) {
        var list = new ArrayList<Sent>();
        channel.forEach(list::add);
        return list;
    }

    /** With time-outs as short as can be, so that many waits end in one. */
    private static List<Sent> drainedBoth(List<Channel<Sent>> channels) throws InterruptedException {
        var list = new ArrayList<Sent>();
        var open = new ArrayList<>(channels);
        while (!open.isEmpty()) {
            var clauses = open.stream()
                    .map(channel -> receive(channel, list::add, () -> !open.remove(channel)))
                    .toList();
            var _ = Select.of(clauses).await(Duration.ofNanos(20_000));
        }
        return list;
    }

    private static void assertAllOnceInOrder(List<Subtask<List<Sent>>> received, int senders) {
        var all = received.stream().flatMap(each -> each.value().stream()).toList();
        assertThat(all).hasSize(senders * ITEMS).doesNotHaveDuplicates();
        for (var each : received) {
            for (int sender = 0; sender < senders; sender++) {
                int which = sender;
                assertThat(each.value().stream()
                                .filter(item -> item.sender() == which)
                                .map(Sent::number))
                        .isSorted();
            }
        }
    }
}
