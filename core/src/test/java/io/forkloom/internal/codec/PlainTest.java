package io.forkloom.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.TaskBiFunction;
import io.forkloom.TaskFunction;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.Tail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The values that cross without a java.io stream, and those that must not. */
class PlainTest {
    private static final ClassLoader LOADER = PlainTest.class.getClassLoader();

    @Provide
    Arbitrary<Object> fixed() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().map(each -> each),
                Arbitraries.shorts().map(each -> each),
                Arbitraries.chars().map(each -> each),
                Arbitraries.integers().map(each -> each),
                Arbitraries.longs().map(each -> each),
                Arbitraries.integers().map(Float::intBitsToFloat),
                Arbitraries.longs().map(Double::longBitsToDouble),
                Arbitraries.of(true, false),
                Arbitraries.strings().all().map(each -> each),
                Arbitraries.strings().ascii().map(each -> each));
    }

    @Provide
    Arbitrary<Object> arrays() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class),
                Arbitraries.shorts().array(short[].class),
                Arbitraries.chars().array(char[].class),
                Arbitraries.integers().array(int[].class),
                Arbitraries.longs().array(long[].class),
                Arbitraries.floats().array(float[].class),
                Arbitraries.doubles().array(double[].class),
                Arbitraries.of(true, false).array(boolean[].class),
                Arbitraries.strings().injectNull(0.1).array(String[].class));
    }

    @Provide
    Arbitrary<Object> objects() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().array(Integer[].class),
                        Arbitraries.doubles().array(Double[].class),
                        fixed().injectNull(0.1).array(Object[].class))
                .map(each -> {
                    var array = (@Nullable Object[]) each;
                    return Arrays.copyOf(array, array.length, Object[].class);
                });
    }

    private static void arrives(@Nullable Object value) throws CodecException {
        assertThat(Plain.is(value)).isTrue();
        var payload = Values.encode("it", value);
        assertThat(payload.head()[0]).isEqualTo((byte) (value == null ? 0 : 2));
        var back = Values.decode("it", payload, "", LOADER);
        assertThat(Objects.deepEquals(back, value)).isTrue();
        assertThat(back == null ? null : back.getClass()).isEqualTo(value == null ? null : value.getClass());
        assertThat(payload.bytes()).isLessThanOrEqualTo(1 + Plain.room(value));
    }

    @Property(tries = 300)
    void what_is_fixed_arrives_as_it_is(@ForAll("fixed") Object value) throws CodecException {
        arrives(value);
    }

    @Property(tries = 300)
    void arrays_arrive_as_they_are(@ForAll("arrays") Object value) throws CodecException {
        arrives(value);
    }

    @Property(tries = 300)
    void arrays_of_objects_arrive_as_they_are(@ForAll("objects") Object value) throws CodecException {
        arrives(value);
    }

    @Property(tries = 1000)
    void bytes_that_nobody_has_written_are_read_or_refused(@ForAll byte[] bytes) {
        var form = Arrays.copyOf(bytes, Math.max(2, bytes.length));
        form[0] = 2;
        form[1] = (byte) Math.floorMod(form[1], 25);
        try {
            Values.decode("it", Payload.of(form), "", LOADER);
        } catch (CodecException e) {
            assertThat(e).hasMessageStartingWith("it cannot be read: ");
        }
    }

    @Test
    void halves_of_pairs_arrive() throws CodecException {
        arrives("\uD83D half \uDE00 \uD83D\uDE00");
        arrives("");
        arrives(null);
    }

    @Test
    void a_large_array_stays_the_array_that_it_is() throws Exception {
        var result = new long[100_000];
        var payload = Values.encode("it", result);
        assertThat(payload.head()).containsExactly(2, Plain.TAIL);
        assertThat(Objects.requireNonNull(payload.tail()).array()).isSameAs(result);
        assertThat(Values.decode("it", payload, "", LOADER)).isSameAs(result);
        assertThat(Values.decode("it", payload.own(), "", LOADER))
                .isNotSameAs(result)
                .isEqualTo(result);
    }

    @Test
    void of_several_arrays_the_largest_is_not_copied() throws Exception {
        var decoder = new CallDecoder("", LOADER);
        TaskBiFunction<int[], byte[], Boolean> any = (one, other) -> one.length == other.length;
        for (int size : new int[] {10, 10_000, 100_000}) {
            var one = new int[10_000];
            Arrays.setAll(one, i -> -i);
            var other = new byte[size];
            Arrays.fill(other, (byte) 9);
            var call = CallEncoder.encode(Shape.of(any), CallKind.BI_FUNCTION, any, one, other);
            assertThat(Objects.requireNonNull(call.payload().tail()).array()).isSameAs(size > 40_000 ? other : one);
            assertThat(call.bytes()).isGreaterThan(40_000L + size);
            decoder.define(call.function(), call.definition());
            var own = call.own();
            Arrays.fill(one, 1);
            Arrays.fill(other, (byte) 1);
            var arguments = decoder.decode(own.function(), own.payload()).arguments();
            assertThat(((int[]) Objects.requireNonNull(arguments[0]))[9_999]).isEqualTo(-9_999);
            assertThat(((byte[]) Objects.requireNonNull(arguments[1]))[size - 1])
                    .isEqualTo((byte) 9);
        }
    }

    @Test
    void an_array_that_is_not_there_or_was_taken_is_refused() {
        for (var payload : List.of(
                Payload.of(new byte[] {2, Plain.TAIL}),
                new Payload(
                        new byte[] {2, Plain.OBJECTS, 2, 0, 0, 0, Plain.TAIL, Plain.TAIL},
                        Tail.of(new byte[Tail.LEAST])))) {
            assertThatThrownBy(() -> Values.decode("it", payload, "", LOADER))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("its array is not there");
        }
    }

    @Test
    void others_take_the_stream() throws CodecException {
        for (Object value : List.of(
                new ArrayList<>(List.of(1)),
                new Integer[] {1},
                new Object[] {List.of()},
                new int[][] {{1}},
                List.of())) {
            assertThat(Plain.is(value)).isFalse();
            assertThat(Values.encode("it", value).head()[0]).isEqualTo((byte) 1);
        }
    }

    @Test
    void a_result_may_hold_a_few_arrays_and_those_that_it_holds_twice_are_one() throws CodecException {
        var one = new int[] {1};
        var parts = new @Nullable Object[] {"name", one, new byte[20_000], new String[] {"a", null}, null, 3.5};
        assertThat(Plain.is(parts)).isFalse();
        assertThat(Values.encode("it", parts).head()[0]).isEqualTo((byte) 2);
        assertThat(Arrays.deepEquals((Object[]) decoded(parts), parts)).isTrue();

        for (var other : List.of(new Object[] {one, one}, new Object[17], new Object[] {new Object[] {one}})) {
            Arrays.setAll(other, i -> other[i] == null ? new byte[i] : other[i]);
            assertThat(Values.encode("it", other).head()[0]).isEqualTo((byte) 1);
        }
        var twice = (Object[]) Objects.requireNonNull(decoded(new Object[] {one, one}));
        assertThat(twice[0]).isSameAs(twice[1]);
    }

    private static @Nullable Object decoded(Object value) throws CodecException {
        return Values.decode("it", Values.encode("it", value), "", LOADER);
    }

    static boolean same(int[] one, int[] other) {
        one[0]++;
        return other[0] == one[0];
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // identity is what is tested
    void an_array_that_is_passed_twice_arrives_as_one() throws Exception {
        var decoder = new CallDecoder("", LOADER);
        TaskBiFunction<int[], int[], Boolean> same = PlainTest::same;
        int[] one = {1};
        for (int[] other : List.of(one, new int[] {1})) {
            var call = CallEncoder.encode(Shape.of(same), CallKind.BI_FUNCTION, same, one, other);
            decoder.define(call.function(), call.definition());
            var decoded = decoder.decode(call.function(), call.payload());
            var arguments = decoded.arguments();
            assertThat(arguments[1] == arguments[0]).isEqualTo(other == one);
            assertThat(decoded.function()).isInstanceOf(TaskBiFunction.class);
        }
    }

    @Test
    void elements_of_a_chunk_may_be_arrays() throws Exception {
        TaskFunction<byte[], Integer> size = bytes -> bytes.length;
        var call = CallEncoder.encode(
                Shape.of(size), CallKind.CHUNK, size, (Object) new Object[] {new byte[3], new byte[4], null});
        assertThat(call.payload().head()[1] & CallKind.PLAIN).isNotZero();
        var decoder = new CallDecoder("", LOADER);
        decoder.define(call.function(), call.definition());
        var arguments = (@Nullable Object[])
                decoder.decode(call.function(), call.payload()).arguments()[0];
        assertThat(Arrays.deepEquals(arguments, new @Nullable Object[] {new byte[3], new byte[4], null}))
                .isTrue();
    }

    @Test
    @SuppressWarnings({"ReferenceEquality", "ArrayEquals"}) // identity is what is tested
    void an_element_of_a_chunk_that_is_captured_too_arrives_as_one() throws Exception {
        int[] one = {1};
        TaskFunction<int[], Boolean> same = other -> other == one;
        var call = CallEncoder.encode(Shape.of(same), CallKind.CHUNK, same, (Object) new Object[] {one, new int[] {1}});
        var decoder = new CallDecoder("", LOADER);
        decoder.define(call.function(), call.definition());
        var decoded = decoder.decode(call.function(), call.payload());
        var elements = (@Nullable Object[]) Objects.requireNonNull(decoded.arguments()[0]);
        @SuppressWarnings("unchecked")
        var function = (TaskFunction<Object, Boolean>) decoded.function();
        assertThat(function.apply(Objects.requireNonNull(elements[0]))).isTrue();
        assertThat(function.apply(Objects.requireNonNull(elements[1]))).isFalse();
    }

    @Test
    void what_no_array_can_hold_is_refused_before_it_is_written() {
        assertThatThrownBy(() -> Plain.checked(() -> "the arguments of X::y", 1L << 31))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("2 GiB");
    }
}
