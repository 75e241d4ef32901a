package io.forkloom.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a worker has not sent, as its pool finds it. */
class OutboxTest {
    private static final int GENERATION = 3;

    private final ByteBuffer page = ByteBuffer.allocateDirect(256).order(ByteOrder.LITTLE_ENDIAN);
    private final Outbox worker = new Outbox(page.slice());
    private final Outbox pool = new Outbox(page.slice());

    private boolean put(long ticket, int... bytes) {
        var payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return worker.put(new Answer(ticket, false, 7, Payload.of(payload)), GENERATION);
    }

    private long[] found(long after) {
        return pool.after(after, GENERATION).stream().mapToLong(Answer::ticket).toArray();
    }

    @Test
    void a_page_of_zeros_holds_nothing() {
        assertThat(worker.isEmpty()).isTrue();
        assertThat(found(0)).isEmpty();
    }

    @Test
    void what_was_put_is_found_in_order_but_for_what_is_known() {
        put(4, 1, 2, 3);
        put(5);
        put(6, 9);
        assertThat(found(4)).containsExactly(5, 6);
        var first = pool.after(0, GENERATION).getFirst();
        assertThat(first.payload().head()).containsExactly(1, 2, 3);
        assertThat(first.nanos()).isEqualTo(7);
    }

    @Test
    void what_was_sent_is_not_found_and_its_room_is_free() throws IOException {
        var sent = new ByteArrayOutputStream();
        for (int round = 0; round < 100; round++) {
            assertThat(put(round + 1, 1, 2, 3)).isTrue();
            worker.writeTo(Channels.newChannel(sent));
            assertThat(worker.isEmpty()).isTrue();
            assertThat(found(0)).isEmpty();
        }
        assertThat(sent.size()).isEqualTo(100 * (24 + 3));
    }

    @Test
    void what_does_not_fit_is_refused_and_changes_nothing() {
        put(1, new int[150]);
        assertThat(put(2, new int[100])).isFalse();
        assertThat(found(0)).containsExactly(1);
    }

    @Test
    void a_page_that_a_worker_has_written_over_gives_what_stands_before_and_no_exception() {
        var random = new Random(20261121);
        for (int round = 0; round < 10_000; round++) {
            page.put(0, new byte[256]);
            var box = new Outbox(page.slice());
            box.put(new Answer(1, false, 7, Payload.of(new byte[3])), GENERATION);
            box.put(new Answer(2, true, 7, Payload.of(new byte[20])), GENERATION);
            int from = 8 + 24 + 3;
            for (int i = from; i < 256; i++) {
                page.put(i, (byte) random.nextInt());
            }
            assertThat(found(0)).startsWith(1);
            page.putLong(0, random.nextLong(2_000) - 1_000);
            assertThat(found(0).length).isLessThan(10);
        }
    }
}
