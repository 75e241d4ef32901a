package io.forkloom.bench.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    private static Command said(String words) {
        return new Command(2, 100, words, 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0123, 0.5, 0})
    void the_share_of_the_journal_is_what_the_summary_says(double share) throws IOException {
        assertThat(said("{\"read\":100,\"seconds\":1.5,\"journal\":" + share + "}")
                        .journal())
                .isEqualTo(share);
    }

    @Test
    void a_summary_without_the_journal_is_told() {
        assertThatThrownBy(() -> said("{\"read\":100}").journal())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("{\"read\":100}");
    }
}
