package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
    private static final String TITLE = "# A fatal error has been detected by the Java Runtime Environment:";
    private static final String REASON = "#  SIGSEGV (0xb) at pc=0x00007f1158e364ad, pid=7, tid=27046";

    private final LastWords words = new LastWords(7, true);

    /** What is the program's. */
    private static List<String> ours(LastWords words, String... lines) {
        var ours = new ArrayList<String>();
        for (var line : lines) {
            ours.addAll(words.take(line));
        }
        return ours;
    }

    @Test
    void a_log_is_held_with_all_that_follows() {
        assertThat(ours(words, "one", "#", TITLE, "#", REASON, "", "--- T H R E A D ---"))
                .containsExactly("one");
        assertThat(words.isLog()).isTrue();
        assertThat(words.release()).containsExactly("#", TITLE, "#", REASON, "", "--- T H R E A D ---");
    }

    @Test
    void of_its_beginning_on_standard_output_only_lines_with_a_hash_are_held() {
        var beginning = new LastWords(7, false);
        assertThat(ours(beginning, "#", TITLE, "#", REASON, "# JRE version", "#"))
                .isEmpty();
        assertThat(ours(beginning, "one")).containsExactly("#", TITLE, "#", REASON, "# JRE version", "#", "one");
    }

    @Test
    void a_log_behind_a_line_without_end_is_held_too() {
        assertThat(ours(words, "half#", TITLE, "#", REASON)).containsExactly("half#");
        assertThat(words.isLog()).isTrue();
    }

    @Test
    void an_internal_error_of_the_jvm_is_a_reason() {
        assertThat(ours(words, "#", TITLE, "#", "#  Internal Error (safepoint.cpp:1), pid=7, tid=9"))
                .isEmpty();
        assertThat(words.isLog()).isTrue();
    }

    @Test
    void what_only_looks_like_a_log_is_the_programs() {
        for (var lines : List.of(
                List.of("#", TITLE, "two"),
                List.of(TITLE, "two"),
                List.of("#", TITLE, "#", "#  SIGSEGV (0xb) at pc=0x00007f1158e364ad, pid=77, tid=27046", "two"),
                List.of("#", TITLE, "#", "#  SIGSEGV, they say", "two"),
                List.of("#", TITLE + " not", "#", REASON, "two"),
                List.of("#", "#", TITLE, "#", "two"))) {
            assertThat(ours(words, lines.toArray(new String[0]))).isEqualTo(lines);
            assertThat(words.isLog()).isFalse();
        }
    }

    @Test
    void lines_with_a_hash_come_at_the_next_line_at_the_latest() {
        assertThat(ours(words, "#", "#")).containsExactly("#");
        assertThat(ours(words, "#", "# title")).containsExactly("#", "#", "# title");
    }

    @Test
    void a_log_without_end_is_kept_in_part() {
        assertThat(ours(words, "#", TITLE, "#", REASON)).isEmpty();
        for (int i = 0; i < 10_000; i++) {
            assertThat(words.take("line")).isEmpty();
        }
        assertThat(words.release()).hasSize(4000);
    }
}
