package io.forkloom.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
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
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int LIMIT = 1 << 30;

    private static byte[] header(int length) {
        var buffer = ByteBuffer.allocate(Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(new Frame.Call(1, 1, Frame.EMPTY), 3, buffer);
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
        assertThat(Arrays.equals(frame.payload(), payload)).isTrue();
        assertThat(reader.read()).isNull();
    }
}
