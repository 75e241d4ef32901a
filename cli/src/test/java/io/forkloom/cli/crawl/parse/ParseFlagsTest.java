package io.forkloom.cli.crawl.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.ProcessPool;
import io.forkloom.Retry;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** From the words of a user to what goes with each page, and what it may cost. */
class ParseFlagsTest {
    @Command
    private static final class Line {
        @Mixin
        private final ParseFlags flags = new ParseFlags();
    }

    private static ParseOptions options(String... words) {
        var line = new Line();
        new CommandLine(line).parseArgs(words);
        return line.flags.options(Duration.ofSeconds(30), Size.of("512m"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--parse odt                     | unknown parser 'odt': choose auto, html, text, image, pdf, json, csv, sha512",
                "--parse demo                    | unknown parser 'demo'",
                "-O image                        | is no option of a parser: write -O image.size=800x600",
                "-O imgae.size=1x1               | there is no parser 'imgae'",
                "-O html.txet=no                 | html has no such option: choose links, text, deadline, heap, retries",
                "-O html.text=maybe              | -O html.text=maybe: choose yes or no",
                "-O image.size=800               | -O image.size=800: write 800x600",
                "-O image.quality=101            | give a number between 1 and 100",
                "-O csv.delimiter=::             | give one character, or auto",
                "-O pdf.deadline=soon            | -O pdf.deadline: 'soon' is not a duration",
                "-O pdf.retries=many             | -O pdf.retries=many: give a number",
                "-O pdf.retries=11               | -O pdf.retries 11 is out of range: between 0 and 10",
                "-O pdf.heap=1q                  | -O pdf.heap: \"1q\" is no size",
                "-O pdf.heap=512m                | -O pdf.heap=512m is no more than every worker has: give more than 512 MiB",
                "-O pdf.heap=1g -O pdf.retries=0 | -O pdf.retries 0 is out of range: between 1 and 10",
                "-O pdf.text=no -O pdf.text=yes  | -O pdf.text is given twice",
                "--parse html -O pdf.text=no     | -O pdf.text is for another parser than --parse html",
                "-O own.x=1                      | -O own.x is for another parser than --parse auto",
                "--class-path x                  | --class-path is for a method of your own",
                "--fields a,,b                   | has an empty name",
                "--fields a,b,a                  | has a name twice",
            })
    void a_mistake_is_told_in_one_line(String words, String message) {
        assertThatThrownBy(() -> options(words.split(" +", -1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void what_goes_with_a_page_is_short_and_a_folder_is_absolute() {
        var recipe = options("-O", "image.to=thumbs", "-O", "html.text=no", "--fields", "title,source")
                .recipe();
        assertThat(recipe.parser()).isEqualTo("auto");
        assertThat(recipe.options()).isEqualTo("image.to=" + Path.of("thumbs").toAbsolutePath() + "\nhtml.text=no");
        assertThat(recipe.fields()).isEqualTo("title,source");
        assertThat(recipe.wantsLinks()).isFalse();
    }

    @Test
    void what_a_page_may_cost_depends_on_its_kind() {
        var options = options(
                "--deadline",
                "9s",
                "-O",
                "pdf.deadline=1m",
                "-O",
                "pdf.heap=1g",
                "-O",
                "html.retries=2",
                "-O",
                "csv.deadline=2s");

        var pdf = options.taskFor(Pages.of("a.pdf", "", Recipe.AUTO));
        assertThat(pdf.deadline()).hasValue(Duration.ofMinutes(1));
        assertThat(pdf.retry()).isEqualTo(Retry.onLostWorker(2).withHeap(Long.toString(1L << 30)));
        assertThat(pdf.label()).hasValue("a.pdf");
        var html = options.taskFor(Pages.of("a.html", "", Recipe.AUTO));
        assertThat(html.deadline()).hasValue(Duration.ofSeconds(9));
        assertThat(html.retry()).isEqualTo(Retry.onLostWorker(3));
        assertThat(options.taskFor(Pages.of("a.csv", "", Recipe.AUTO)).deadline())
                .hasValue(Duration.ofSeconds(2));
        assertThat(options.taskFor(Pages.of("a.txt", "", Recipe.AUTO)).retry()).isEqualTo(Retry.NEVER);
    }

    @Test
    void a_heap_that_the_machine_has_not_got_is_refused_by_the_pool() {
        var options = options("-O", "pdf.heap=4000g");
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
            assertThatThrownBy(() -> options.check(pool))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("-O pdf.heap: ");
        }
    }
}
