package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.wire.OutputMark;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutputTailTest {
    private static final String LOG = """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f1158e364ad, pid=27043, tid=27046
            """;

    private final List<String> handedOn = new ArrayList<>();

    private OutputTail read(String text) throws InterruptedException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var tail = new OutputTail(
                bytes, "forkloom-test", new LastWords(27043, true), (ticket, line) -> handedOn.add(line));
        tail.join(10_000);
        return tail;
    }

    @Test
    void lines_are_handed_on_as_they_were_printed() throws Exception {
        var tail = read("one\n\n  two\r\nhalf\rwhole\n\u00fc\ud83d\ude00 and no end");
        assertThat(handedOn).containsExactly("one", "", "  two", "half\rwhole", "\u00fc\ud83d\ude00 and no end");
        assertThat(tail.lastLines()).isEqualTo(handedOn);
    }

    @Test
    void a_long_line_is_handed_on_whole_and_kept_short() throws Exception {
        var line = "x".repeat(60_000);
        var tail = read(line + "\nnext\n");
        assertThat(handedOn).containsExactly(line, "next");
        assertThat(tail.lastLines()).containsExactly("x".repeat(1000) + "\u2026", "next");
    }

    @Test
    void a_line_without_end_comes_in_parts_and_nothing_of_it_is_lost() throws Exception {
        var line = "x" + "\ud83d\ude00".repeat(100_000);
        var tail = read(line);
        assertThat(handedOn).hasSizeBetween(3, 4).allMatch(part -> part.length() <= 64 * 1024);
        assertThat(handedOn)
                .as("no part ends within a character")
                .noneMatch(part -> Character.isHighSurrogate(part.charAt(part.length() - 1)));
        assertThat(String.join("", handedOn)).isEqualTo(line);
        assertThat(tail.lastLines()).allMatch(kept -> kept.length() <= 1001);
    }

    @Test
    void the_last_lines_are_kept() throws Exception {
        var tail = read("line\n".repeat(100) + "last\n");
        assertThat(tail.lastLines()).hasSize(40).endsWith("line", "last");
        assertThat(handedOn).hasSize(101);
    }

    @Test
    void lines_with_nothing_but_a_hash_are_the_tasks_own() throws Exception {
        var tail = read("#\n# title\n#\n#\n");
        assertThat(handedOn).containsExactly("#", "# title", "#", "#");
        assertThat(tail.lastLines()).isEqualTo(handedOn);
        assertThat(tail.crashLog(true)).isEmpty();
    }

    @Test
    void a_crash_log_is_kept_apart_with_the_hash_before_it() throws Exception {
        var tail = read("""
                before
                #
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f1158e364ad, pid=27043, tid=27046
                """);
        assertThat(handedOn).containsExactly("before", "#");
        assertThat(CrashLog.signal(tail.crashLog(true))).contains("SIGSEGV");
        assertThat(tail.lastLines()).containsExactly("before", "#");
    }

    @Test
    void a_task_that_begins_to_print_shows_that_what_looked_like_a_log_was_none() throws Exception {
        var tail = read(LOG + "one\n" + mark(4) + "two\n");
        assertThat(handedOn)
                .containsExactlyElementsOf((LOG + "one\ntwo").lines().toList());
        assertThat(tail.crashLog(true)).isEmpty();
    }

    @Test
    void what_looked_like_a_log_is_output_where_the_process_has_not_crashed() throws Exception {
        var rest = new LinkedBlockingQueue<String>();
        var bytes = new ByteArrayInputStream((LOG + "one\n").getBytes(StandardCharsets.UTF_8));
        var tail = new OutputTail(bytes, "forkloom-test", new LastWords(27043, true), (_, line) -> rest.add(line));
        tail.join(10_000);
        assertThat(rest).isEmpty();
        assertThat(tail.crashLog(false)).isEmpty();
        assertThat(tail.lastLines())
                .containsExactlyElementsOf((LOG + "one").lines().toList());
        for (var line : tail.lastLines()) {
            assertThat(rest.take()).isEqualTo(line);
        }
    }

    @Test
    void the_jvms_own_words_are_evidence_only() throws Exception {
        var tail = read("Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
        assertThat(handedOn).isEmpty();
        assertThat(tail.lastLines()).hasSize(1);
    }

    @Test
    void a_sink_that_throws_does_not_end_the_reading() throws Exception {
        var bytes = new ByteArrayInputStream("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        var tail = new OutputTail(bytes, "forkloom-test", new LastWords(27043, true), (ticket, line) -> {
            handedOn.add(line);
            switch (line) {
                case "one" -> throw new IllegalStateException("the sink is full");
                case "two" -> throw new AssertionError("the sink is broken");
                default -> {}
            }
        });
        tail.join(10_000);
        assertThat(handedOn).containsExactly("one", "two", "three");
        assertThat(tail.lastLines()).containsExactly("one", "two", "three");
    }

    @Test
    void marks_tell_whose_a_line_is_and_only_the_last_ones_are_kept() throws Exception {
        var tickets = new ArrayList<Long>();
        var text = "start\n" + mark(4) + "four\nhalf" + mark(12) + "twelve\na\u001ex\n\u001e9\n";
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var tail = new OutputTail(bytes, "forkloom-test", new LastWords(27043, true), (ticket, line) -> {
            tickets.add(ticket);
            handedOn.add(line);
        });
        tail.join(10_000);
        assertThat(handedOn).containsExactly("start", "four", "half", "twelve", "a\u001ex", "\u001e9");
        assertThat(tickets).containsExactly(0L, 4L, 4L, 12L, 12L, 12L);
        assertThat(tail.lastLines()).containsExactly("twelve", "a\u001ex", "\u001e9");
    }

    private static String mark(long ticket) {
        return new String(OutputMark.of(ticket), StandardCharsets.US_ASCII);
    }
}
