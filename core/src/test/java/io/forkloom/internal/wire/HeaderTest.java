package io.forkloom.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    private static final byte[] BYTES = {1, 2, 3};

    static Stream<Frame> frames() {
        return Stream.of(
                new Frame.Hello(BYTES),
                new Frame.Start(BYTES),
                new Frame.Ready(),
                new Frame.StartFailed(BYTES),
                new Frame.Function(Long.MAX_VALUE, BYTES),
                new Frame.Call(42, 7, BYTES),
                new Frame.Answer(42, true, 1_500, BYTES),
                new Frame.Answer(42, false, 1_500, Frame.EMPTY),
                new Frame.Interrupt(42),
                new Frame.DumpThreads(),
                new Frame.ThreadDump(BYTES),
                new Frame.Want(true, BYTES),
                new Frame.Want(false, BYTES),
                new Frame.Found(true, BYTES),
                new Frame.Found(false, BYTES),
                new Frame.Leave(42),
                new Frame.Fetch(42),
                new Frame.Forget(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void a_frame_comes_back_as_it_was_put(Frame frame) throws ProtocolException {
        var buffer = buffer();
        Header.put(frame, 0xFFFF, buffer);
        assertThat(buffer.position()).isEqualTo(Header.BYTES);
        var header = Header.take(buffer.flip(), 3);
        assertThat(header.generation()).isEqualTo(0xFFFF);
        assertThat(header.with(frame.payload())).usingRecursiveComparison().isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, Integer.MIN_VALUE})
    void a_length_out_of_bounds_is_refused(int length) {
        var buffer =
                buffer().putInt(length).put((byte) 6).position(Header.BYTES).flip();
        assertThatThrownBy(() -> Header.take(buffer, 3))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("the limit is 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 255})
    void an_unknown_kind_is_refused(int kind) {
        var buffer = buffer().putInt(0).put((byte) kind).position(Header.BYTES).flip();
        assertThatThrownBy(() -> Header.take(buffer, 3))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("kind " + kind);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
