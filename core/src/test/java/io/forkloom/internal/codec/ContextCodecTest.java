package io.forkloom.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.TaskFunction;
import io.forkloom.internal.wire.Payload;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A context on both sides of the codec. */
class ContextCodecTest {
    private final CallDecoder decoder = new CallDecoder("", ContextCodecTest.class.getClassLoader());

    static int square(int x) {
        return x * x;
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_context_travels_with_its_call_and_costs_nothing_where_it_is_empty() throws Exception {
        TaskFunction<Integer, Integer> square = ContextCodecTest::square;
        var context = Map.of("trace", "00-4bf9", "\0", "");
        var call = CallEncoder.encode(context, Shape.of(square), CallKind.FUNCTION, square, 7);
        decoder.define(call.function(), call.definition());
        var decoded = decoder.decode(call.function(), call.payload());
        assertThat(decoded.context()).isEqualTo(context);
        assertThat(((TaskFunction<Integer, Integer>) decoded.function()).apply(7))
                .isEqualTo(49);
        var plain = CallEncoder.encode(Shape.of(square), CallKind.FUNCTION, square, 7);
        assertThat(decoder.decode(plain.function(), plain.payload()).context()).isEmpty();
        assertThat(plain.payload().bytes()).isEqualTo(call.payload().bytes() - (2 + 2 + 5 + 2 + 7 + 2 + 2 + 2));
    }

    @Test
    void a_context_that_is_too_long_or_cut_short_is_refused() throws Exception {
        TaskFunction<Integer, Integer> square = ContextCodecTest::square;
        var shape = Shape.of(square);
        assertThatThrownBy(() ->
                        CallEncoder.encode(Map.of("long", "x".repeat(65_536)), shape, CallKind.FUNCTION, square, 7))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("65536");
        var call = CallEncoder.encode(Map.of("trace", "00-4bf9"), shape, CallKind.FUNCTION, square, 7);
        assertThatThrownBy(() -> decoder.decode(
                        call.function(), Payload.of(Arrays.copyOf(call.payload().head(), 9))))
                .isInstanceOf(CodecException.class);
    }

    private static Map<String, String> entries(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(String::valueOf, each -> "v"));
    }

    @Test
    void a_context_has_as_many_entries_as_its_size_can_say_and_one_more_is_refused() throws Exception {
        TaskFunction<Integer, Integer> square = ContextCodecTest::square;
        var shape = Shape.of(square);
        var call = CallEncoder.encode(entries(65_535), shape, CallKind.FUNCTION, square, 7);
        decoder.define(call.function(), call.definition());
        assertThat(decoder.decode(call.function(), call.payload()).context()).hasSize(65_535);
        assertThatThrownBy(() -> CallEncoder.encode(entries(65_536), shape, CallKind.FUNCTION, square, 7))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("65536 entries");
    }
}
