package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteBorderTest {
    @Test
    void a_function_whose_own_description_is_over_the_limit_is_refused() {
        Task<String> short_ = () -> "in short";
        assertThat(new ByteBorder("", 1024).cross(short_).name()).contains("ByteBorderTest");
        assertThatThrownBy(() -> new ByteBorder("", 64).cross(short_))
                .isInstanceOf(SerialisationException.class)
                .hasMessageContaining("the function a lambda in ByteBorderTest")
                .hasMessageContaining("itself has")
                .hasMessageContaining("the limit is 64");
    }
}
