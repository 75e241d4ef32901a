package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChannelStress {
    private static final int ROUNDS = Integer.getInteger("rounds", 200);

    private record Sent(int sender, int number) {}

    @Test
    void among_many_senders_and_receivers_each_item_arrives_once() throws Exception {
        var channel = Channel.<Sent>bounded(3);
        var received = new ArrayList<Subtask<List<Sent>>>();
        try (var group = TaskGroup.open()) {
            IntStream.range(0, 8).forEach(_ -> received.add(group.fork(() -> drained(channel))));
            try (var senders = TaskGroup.open()) {
                IntStream.range(0, 8).forEach(sender -> senders.forkAction(() -> sendAll(channel, sender)));
                senders.join();
            }
            channel.close();
            group.join();
        }
        var all = received.stream().flatMap(each -> each.value().stream()).toList();
        assertThat(all).hasSize(8 * 2_000).doesNotHaveDuplicates();
        for (var each : received) {
            assertInOrderOfEachSender(each.value());
        }
    }

    @Test
    void a_sender_among_greedy_ones_does_not_starve() throws Exception {
        var channel = Channel.<Integer>bounded(1);
        var over = new AtomicBoolean();
        try (var group = TaskGroup.open()) {
            for (int greedy = 0; greedy < 4; greedy++) {
                group.forkAction(() -> {
                    while (!over.get()) {
                        channel.send(0);
                    }
                });
            }
            var modest = group.forkAction(() -> {
                for (int i = 0; i < 1_000; i++) {
                    channel.send(1);
                }
                over.set(true);
            });
            var fromModest = 0;
            while (fromModest < 1_000) {
                fromModest += channel.receive();
            }
            group.forkAction(() -> {
                while (true) {
                    channel.receive();
                }
            });
            while (modest.state() == Subtask.State.RUNNING) {
                Thread.onSpinWait();
            }
        }
    }

    /** An interrupt that hits a waiting thread just as it is served must neither lose an item nor a wake-up. */
    @Test
    void interrupts_lose_neither_items_nor_wake_ups() throws Exception {
        var random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            var channel = round % 10 == 0 ? Channel.<Integer>rendezvous() : Channel.<Integer>bounded(round % 10);
            var sent = new AtomicInteger();
            var received = new AtomicInteger();
            try (var survivors = TaskGroup.open();
                    var victims = TaskGroup.open()) {
                IntStream.range(0, 4).forEach(_ -> {
                    victims.forkAction(() -> sendCounted(channel, sent, 1_000_000));
                    victims.forkAction(() -> receiveCounted(channel, received));
                });
                survivors.forkAction(() -> receiveCounted(channel, received));
                var sender = survivors.forkAction(() -> sendCounted(channel, sent, 200));
                var moment = random.nextInt(300);
                while (sent.get() < moment) {
                    Thread.onSpinWait();
                }
                victims.cancel("now");
                victims.join();
                while (sender.state() == Subtask.State.RUNNING) {
                    Thread.onSpinWait();
                }
                channel.close();
                survivors.join();
            }
            assertThat(received.get()).as("round " + round).isEqualTo(sent.get());
        }
    }

    private static void sendAll(Channel<Sent> channel, int sender) throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            channel.send(new Sent(sender, i));
        }
    }

    private static List<Sent> drained(Channel<Sent> channel) {
        var list = new ArrayList<Sent>();
        channel.forEach(list::add);
        return list;
    }

    private static void assertInOrderOfEachSender(List<Sent> received) {
        for (int sender = 0; sender < 8; sender++) {
            var which = sender;
            assertThat(received.stream().filter(each -> each.sender() == which).map(Sent::number))
                    .isSorted();
        }
    }

    private static void sendCounted(Channel<Integer> channel, AtomicInteger sent, int times)
            throws InterruptedException {
        for (int i = 0; i < times; i++) {
            channel.send(i);
            sent.incrementAndGet();
        }
    }

    private static void receiveCounted(Channel<Integer> channel, AtomicInteger received) {
        for (var _ : channel) {
            received.incrementAndGet();
        }
    }
}
