package io.forkloom.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TailTest {
    static Stream<Object> arrays() {
        var bytes = new byte[10_000];
        var shorts = new short[10_000];
        var chars = new char[10_000];
        var ints = new int[10_000];
        var longs = new long[10_000];
        var floats = new float[10_000];
        var doubles = new double[10_000];
        for (int i = 0; i < 10_000; i++) {
            bytes[i] = (byte) (i * 7);
            shorts[i] = (short) (i * 7_919);
            chars[i] = (char) (i * 7_919);
            ints[i] = i * 7_919_777;
            longs[i] = i * 7_919_777_777_777L;
            floats[i] = i / 7f;
            doubles[i] = i / 7d;
        }
        return Stream.of(bytes, shorts, chars, ints, longs, floats, doubles);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void an_array_comes_back_whatever_the_pieces_in_which_it_crosses(Object array) {
        var from = Tail.of(array);
        var to = Tail.empty(from.kind(), from.bytes());
        for (var piece : new ByteBuffer[] {ByteBuffer.allocateDirect(4_096), ByteBuffer.allocate(333)}) {
            int left = 0;
            for (int at = 0; at < from.bytes(); ) {
                piece.clear().position(1);
                int put = from.put(at, piece);
                int taken = to.take(piece.flip().position(1), at);
                assertThat(taken).isEqualTo(put);
                at += taken;
                left = from.bytes() - at;
            }
            assertThat(left).isZero();
            assertThat(Objects.deepEquals(to.array(), array)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void a_copy_and_a_longer_one_hold_the_same_and_share_nothing(Object array) {
        var one = Tail.of(array);
        assertThat(Tail.suits(array)).isTrue();
        assertThat(one.array()).isSameAs(array);
        assertThat(one.copy().array()).isNotSameAs(array);
        assertThat(Objects.deepEquals(one.copy().array(), array)).isTrue();
        var longer = one.grown(one.bytes() + 80);
        assertThat(longer.bytes()).isEqualTo(one.bytes() + 80);
        var back = Tail.empty(one.kind(), one.bytes());
        var all = ByteBuffer.allocate(one.bytes());
        longer.put(0, all);
        back.take(all.flip(), 0);
        assertThat(Objects.deepEquals(back.array(), array)).isTrue();
    }

    @Test
    void what_is_small_or_no_array_of_primitives_does_not_suit() {
        assertThat(Tail.suits(new byte[Tail.LEAST])).isTrue();
        assertThat(Tail.suits(new byte[Tail.LEAST - 1])).isFalse();
        assertThat(Tail.suits(new double[Tail.LEAST / 8])).isTrue();
        assertThat(Tail.suits(new boolean[Tail.LEAST])).isFalse();
        assertThat(Tail.suits(new Object[Tail.LEAST])).isFalse();
        assertThat(Tail.suits("x".repeat(Tail.LEAST))).isFalse();
        assertThat(Tail.suits(null)).isFalse();
    }

    @Test
    void a_payload_puts_its_head_and_then_its_tail() {
        var payload = new Payload(new byte[] {1, 2, 3}, Tail.of(new byte[] {4, 5}));
        var buffer = ByteBuffer.allocate(10);
        for (int at = 0; at < payload.bytes(); ) {
            at += payload.put(at, buffer.limit(Math.min(10, buffer.position() + 2)));
        }
        assertThat(buffer.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
        assertThat(payload.put(5, ByteBuffer.allocate(1))).isZero();
    }

    @Test
    void an_initialiser_keeps_its_array() throws IOException {
        var tail = Tail.of(new int[] {1, -2, 3});
        var bootstrap =
                new Bootstrap("s", "l", new byte[32], "c", 0, 1, 9, "", new byte[0], new Payload(new byte[] {7}, tail));
        var back = Bootstrap.of(bootstrap.toBytes()).initializer();
        assertThat(back.head()).containsExactly(7);
        assertThat(Objects.requireNonNull(back.tail()).array()).isEqualTo(new int[] {1, -2, 3});
        byte[] bytes = bootstrap.toBytes();
        bytes[bytes.length - 12 - 4 - 1] = 8;
        assertThatThrownBy(() -> Bootstrap.of(bytes)).isInstanceOf(ProtocolException.class);
    }
}
