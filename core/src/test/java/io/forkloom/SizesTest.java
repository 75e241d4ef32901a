package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizesTest {
    @Test
    void a_size_is_a_number_and_perhaps_a_letter() {
        assertThat(Sizes.parse("65536")).isEqualTo(65536);
        assertThat(Sizes.parse("512k")).isEqualTo(512L << 10);
        assertThat(Sizes.parse("64M")).isEqualTo(64L << 20);
        assertThat(Sizes.parse("2g")).isEqualTo(2L << 30);
        assertThat(Sizes.parse("8589934591g")).isEqualTo(8589934591L << 30);
    }

    @Test
    void what_is_no_size_is_refused_with_an_example() {
        for (var text : List.of("", "k", "-1", "1.5m", "64 m", "64mb", "1t", "٣m", "1e3", " 1")) {
            assertThatThrownBy(() -> Sizes.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"" + text + "\" is no size: write 65536, 512k, 64m or 2g");
        }
    }

    @Test
    void a_size_of_nothing_or_of_too_much_is_refused() {
        for (var text : List.of("0", "000k", "8589934592g", "999999999999999999m")) {
            assertThatThrownBy(() -> Sizes.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a size of " + text);
        }
    }
}
