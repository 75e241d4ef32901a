package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.dispatch.Pace;
import org.junit.jupiter.api.Test;

class ByteBorderTest {
    private final TaskFunction<Integer, Integer> square = x -> x * x;
    private final TaskFunction<Integer, Integer> half = x -> x / 2;
    private final ByteBorder border = new ByteBorder("test", "", 1 << 20);

    @Test
    void calls_of_one_function_share_a_pace() {
        assertThat(call(border, square)).isSameAs(call(border, square)).isNotSameAs(call(border, half));
    }

    @Test
    void pools_do_not_share_paces() {
        assertThat(call(border, square)).isNotSameAs(call(new ByteBorder("test", "", 1 << 20), square));
    }

    @Test
    void chunks_have_the_pace_of_their_function_and_size() {
        assertThat(chunk(square, 100))
                .isSameAs(chunk(square, 90))
                .isNotSameAs(chunk(square, 10_000))
                .isNotSameAs(call(border, square))
                .isNotSameAs(chunk(half, 100));
    }

    @Test
    void a_function_whose_own_description_is_over_the_limit_is_refused() {
        Task<String> brief = () -> "in short";
        assertThat(new ByteBorder("test", "", 1024).cross(CallKind.TASK, brief).bytes())
                .isPositive();
        assertThatThrownBy(() -> new ByteBorder("test", "", 64).cross(CallKind.TASK, brief))
                .isInstanceOf(SerialisationException.class)
                .hasMessageContaining("the function a lambda in ByteBorderTest")
                .hasMessageContaining("itself has")
                .hasMessageContaining("the limit is 64");
    }

    private static Pace call(ByteBorder border, TaskFunction<Integer, Integer> function) {
        return border.cross(CallKind.FUNCTION, function, 7).pace();
    }

    private Pace chunk(TaskFunction<Integer, Integer> function, int size) {
        return border.cross(CallKind.CHUNK, function, (Object) new Object[size]).pace();
    }
}
