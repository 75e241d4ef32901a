package io.forkloom.async;

import static io.forkloom.async.Select.receive;
import static io.forkloom.async.Select.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SelectTest {
    private final Channel<Integer> numbers = Channel.bounded("numbers", 1);
    private final Channel<String> words = Channel.bounded("words", 1);
    private final Select<String> either =
            Select.of(receive(numbers, n -> "number " + n), receive(words, w -> "word " + w));

    @Test
    void the_one_that_can_happens() throws Exception {
        words.send("one");
        assertThat(either.await()).isEqualTo("word one");
        numbers.send(2);
        assertThat(either.await()).isEqualTo("number 2");
    }

    @Test
    void nothing_happens_where_none_can() throws Exception {
        assertThat(either.tryNow()).isEmpty();
        assertThat(either.await(Duration.ofNanos(1))).isEmpty();
        assertThat(either.await(Duration.ofMillis(1)).orElse("nothing")).isEqualTo("nothing");
        numbers.send(1);
        assertThat(either.tryNow()).contains("number 1");
    }

    @Test
    void a_select_without_clauses_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Select.of(List.of()));
    }

    @Test
    void one_that_waits_is_served_and_says_what_for() throws Exception {
        var results = new LinkedBlockingQueue<String>();
        numbers.send(0);
        var both = Select.of(send(numbers, 1, () -> "sent"), receive(words, w -> "word " + w));
        var waiting = Thread.startVirtualThread(() -> add(results, both));
        Threads.awaitWaiting(waiting);
        assertThat(LockSupport.getBlocker(waiting))
                .hasToString("to send to channel numbers (1 of 1), or to receive from channel words (0 of 1)");
        assertThat(numbers.receive()).isEqualTo(0);
        assertThat(results.take()).isEqualTo("sent");
        assertThat(numbers.receive()).isEqualTo(1);
        // It has left the other queue too: an item stays.
        words.send("late");
        assertThat(words.size()).isEqualTo(1);
    }

    @Test
    void one_whose_time_is_over_has_left_all_queues() throws Exception {
        assertThat(either.await(Duration.ofMillis(1))).isEmpty();
        numbers.send(1);
        words.send("one");
        assertThat(numbers.size() + words.size()).isEqualTo(2);
    }

    @Test
    void of_those_that_can_each_is_as_likely() throws Exception {
        var idle = Channel.<Integer>rendezvous();
        var counts = new TreeMap<String, Integer>();
        var three =
                Select.of(receive(idle, _ -> "idle"), receive(numbers, _ -> "numbers"), receive(words, _ -> "words"));
        for (int i = 0; i < 4_000; i++) {
            numbers.trySend(1);
            words.trySend("one");
            counts.merge(three.await(), 1, Integer::sum);
        }
        assertThat(counts).containsOnlyKeys("numbers", "words");
        // 2,000 each; a deviation of 200 is more than 6 sigma.
        assertThat(counts.get("numbers")).isBetween(1_800, 2_200);
    }

    @Test
    void the_end_of_a_channel_is_told() throws Exception {
        numbers.close();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(either::await)
                .withMessage("channel numbers is closed");
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(Select.of(send(numbers, 1, () -> "sent"))::tryNow);
        assertThat(Select.of(receive(numbers, _ -> "item", () -> "end")).await())
                .isEqualTo("end");
    }

    @Test
    void a_failure_is_thrown_also_where_the_end_has_a_result() throws Exception {
        var waiting = Select.of(receive(numbers, _ -> "item", () -> "end"));
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(waiting::await)
                    .withCauseExactlyInstanceOf(IOException.class));
            numbers.fail(new IOException());
            group.join();
        }
    }

    @Test
    void two_selects_meet_in_a_rendezvous() throws Exception {
        var hand = Channel.<Integer>rendezvous();
        var other = Channel.<Integer>rendezvous();
        try (var group = TaskGroup.open()) {
            var sent = group.fork(Select.of(send(hand, 7, () -> "sent"), receive(other, _ -> "no"))::await);
            var received = group.fork(Select.of(receive(hand, n -> "got " + n), send(hand, 8, () -> "no"))::await);
            group.join();
            assertThat(sent.value()).isEqualTo("sent");
            assertThat(received.value()).isEqualTo("got 7");
        }
    }

    @Test
    void an_interrupted_select_has_taken_nothing() throws Exception {
        var results = new LinkedBlockingQueue<String>();
        var waiting = Thread.startVirtualThread(() -> add(results, either));
        Threads.awaitWaiting(waiting);
        waiting.interrupt();
        assertThat(results.take()).isEqualTo("interrupted");
        numbers.send(1);
        assertThat(numbers.size()).isEqualTo(1);
    }

    private static void add(LinkedBlockingQueue<String> results, Select<String> select) {
        try {
            results.add(select.await());
        } catch (InterruptedException _) {
            results.add("interrupted");
        }
    }
}
