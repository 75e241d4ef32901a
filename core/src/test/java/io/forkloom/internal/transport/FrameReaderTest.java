package io.forkloom.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.Tail;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int LIMIT = 1 << 30;

    private static byte[] header(int length) {
        var buffer = ByteBuffer.allocate(Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(new Frame.Call(1, 1, Payload.NONE), 3, buffer);
        return buffer.putInt(0, length).array();
    }

    private static FrameReader reading(InputStream in) {
        return new FrameReader(Channels.newChannel(in), 3, LIMIT);
    }

    @Test
    void an_announced_size_alone_takes_no_memory() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var reader = reading(new ByteArrayInputStream(Arrays.copyOf(header(LIMIT), Header.BYTES + 100)));
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class).hasMessageContaining("after 100 of");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LIMIT / 8);
    }

    /** Of an array of longs behind a head of this many bytes. */
    private static byte[] header(int length, int head) {
        var buffer = ByteBuffer.allocate(Header.MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(new Frame.Call(1, 1, new Payload(new byte[0], Tail.of(new long[0]))), 3, buffer);
        return buffer.putInt(0, length).putInt(Header.BYTES, head).array();
    }

    @Test
    void an_announced_array_alone_takes_no_memory() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int head : new int[] {0, 80, LIMIT - 800, LIMIT}) {
            var reader = reading(new ByteArrayInputStream(Arrays.copyOf(header(LIMIT, head), Header.MOST_BYTES + 90)));
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(reader::read)
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("bytes of a payload");
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LIMIT / 8);
        }
    }

    @Test
    void an_array_larger_than_what_is_believed_comes_whole() throws Exception {
        var elements = new long[(150 << 20) / 8 + 1];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i * 7_919_777_777L;
        }
        var bytes = ByteBuffer.allocate(8 * elements.length).order(ByteOrder.nativeOrder());
        bytes.asLongBuffer().put(elements);
        var reader = reading(new SequenceInputStream(
                new ByteArrayInputStream(header(5 + bytes.capacity(), 5)),
                new SequenceInputStream(
                        new ByteArrayInputStream(new byte[5]), new ByteArrayInputStream(bytes.array()))));
        var payload = Objects.requireNonNull(reader.read()).payload();
        assertThat(payload.head()).hasSize(5);
        assertThat(Arrays.equals((long[]) Objects.requireNonNull(payload.tail()).array(), elements))
                .isTrue();
        assertThat(reader.read()).isNull();
    }

    @Test
    void a_call_with_an_array_is_passed_over_where_it_is_not_claimed() throws Exception {
        var stream = ByteBuffer.allocate(2 * Header.MOST_BYTES + 1_000);
        stream.put(header(800, 0)).position(Header.MOST_BYTES + 800).put(header(16, 8));
        var reader = reading(new ByteArrayInputStream(stream.array()));
        var claims = new boolean[] {false, true};
        var asked = new AtomicInteger();
        var frame = Objects.requireNonNull(reader.read(ticket -> claims[asked.getAndIncrement()]));
        assertThat(frame.payload().bytes()).isEqualTo(16);
    }

    @Test
    void a_payload_larger_than_what_is_believed_comes_whole() throws Exception {
        int size = (150 << 20) + 1;
        var payload = new byte[size];
        for (int i = 0; i < size; i += 1_000) {
            payload[i] = (byte) (i / 1_000);
        }
        var reader = reading(
                new SequenceInputStream(new ByteArrayInputStream(header(size)), new ByteArrayInputStream(payload)));
        var frame = Objects.requireNonNull(reader.read());
        assertThat(Arrays.equals(frame.payload().head(), payload)).isTrue();
        assertThat(reader.read()).isNull();
    }
}
