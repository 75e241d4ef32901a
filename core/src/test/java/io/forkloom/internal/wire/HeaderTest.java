package io.forkloom.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                new Frame.Call(42, 7, Payload.of(BYTES)),
                new Frame.Answer(42, true, 1_500, Payload.of(BYTES)),
                new Frame.Answer(42, false, 1_500, Payload.NONE),
                new Frame.Interrupt(42),
                new Frame.DumpThreads(),
                new Frame.ThreadDump(BYTES),
                new Frame.Want(true, BYTES),
                new Frame.Want(false, BYTES),
                new Frame.Found(true, Payload.of(BYTES)),
                new Frame.Found(false, Payload.of(BYTES)),
                new Frame.Leave(42),
                new Frame.Fetch(42),
                new Frame.Forget(Long.MAX_VALUE),
                new Frame.Rehearse(7, Payload.of(BYTES)),
                new Frame.Rehearsed(Payload.of(BYTES)),
                new Frame.Study(7));
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

    static Stream<Frame> tails() {
        return TailTest.arrays()
                .map(array -> new Payload(BYTES, Tail.of(array)))
                .flatMap(payload -> Stream.of(
                        new Frame.Call(42, 7, payload),
                        new Frame.Answer(42, false, 1_500, payload),
                        new Frame.Found(true, payload)));
    }

    @ParameterizedTest
    @MethodSource("tails")
    void what_stands_before_a_tail_is_told(Frame frame) throws ProtocolException {
        var buffer = ByteBuffer.allocate(Header.MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(frame, 1, buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        var header = Header.take(buffer.flip(), 100_000);
        assertThat(header.length()).isEqualTo((int) frame.payload().bytes());
        assertThat(header.hasTail()).isTrue();
        assertThat(header.tail())
                .isEqualTo(Objects.requireNonNull(frame.payload().tail()).kind());
        assertThat(header.takeHeadLength(buffer)).isEqualTo(3);
        assertThat(header.with(frame.payload())).isEqualTo(frame);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 13, 11, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_head_that_leaves_no_whole_elements_is_refused(int head) throws ProtocolException {
        var buffer = ByteBuffer.allocate(Header.MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(new Frame.Call(1, 1, new Payload(new byte[4], Tail.of(new long[1]))), 1, buffer);
        buffer.putInt(Header.BYTES, head).flip();
        var header = Header.take(buffer, 100);
        assertThatThrownBy(() -> header.takeHeadLength(buffer))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("12 bytes claims");
    }

    /** Kind, flags. */
    @ParameterizedTest
    @CsvSource({"6, 0x80", "6, 0xF0", "6, 0x01", "7, 0x12", "7, 0x02", "8, 0x10", "1, 0x10", "11, 0x11"})
    void flags_that_a_kind_cannot_have_are_refused(int kind, int flags) {
        var buffer = buffer().putInt(0)
                .put((byte) kind)
                .put((byte) flags)
                .position(Header.BYTES)
                .flip();
        assertThatThrownBy(() -> Header.take(buffer, 3))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("kind " + kind + ", flags " + flags);
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
    @ValueSource(ints = {0, 19, 255})
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
