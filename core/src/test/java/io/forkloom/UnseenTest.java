package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A flood of forgotten failures does not flood the log. */
class UnseenTest {
    private static final long SECOND = 1_000_000_000;

    private final Unseen.Measure measure = new Unseen.Measure();

    @Test
    void ten_a_second_are_told_and_the_next_one_says_how_many_were_not() {
        long from = -5 * SECOND; // the clock's origin is anywhere
        for (int i = 0; i < 10; i++) {
            assertThat(measure.admit(from + i)).hasValue(0);
        }
        for (int i = 0; i < 7; i++) {
            assertThat(measure.admit(from + SECOND - 1)).isEmpty();
        }
        assertThat(measure.admit(from + SECOND)).hasValue(7);
        assertThat(measure.admit(from + SECOND)).hasValue(0);
    }
}
