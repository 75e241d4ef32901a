package io.forkloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help as a user sees it on a terminal of 80 columns. */
class HelpTest {
    private static CommandLine command(String name) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var line = Main.commandLine(new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false));
        return Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
                .filter(each -> each.getCommandName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forkloom", "crawl", "advise", "top", "bench", "run", "example"})
    void lines_break_where_they_were_meant_to(String name) {
        var help = command(name).getUsageMessage();
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        var wide = command(name).setUsageHelpWidth(200).getUsageMessage();
        assertThat(help).isEqualTo(wide);
    }

    @Test
    void the_list_of_commands_has_a_whole_sentence_for_each() {
        var lines = command("forkloom").getUsageMessage().lines().toList();
        int at = lines.indexOf("Commands:");
        assertThat(lines.subList(at + 1, at + 7))
                .allMatch(line -> line.matches("  (crawl|advise|top|bench|run|example) +[A-Z].*\\."));
        assertThat(lines.get(at + 7)).isEmpty();
    }

    @Test
    void every_option_of_crawl_is_explained() {
        var spec = command("crawl").getCommandSpec();
        assertThat(spec.options()).hasSizeGreaterThan(15).allMatch(option -> option.description().length > 0);
    }
}
