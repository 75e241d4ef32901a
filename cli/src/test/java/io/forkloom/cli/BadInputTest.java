package io.forkloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake of a user is one clear line on standard error and exit code 2, before work starts. */
@Timeout(60)
class BadInputTest {
    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(folder.resolve("a.html"), "<title>a</title>");
        Files.writeString(folder.resolve("old.jsonl"), "old");
        Files.writeString(folder.resolve("Bad.java"), "void main() { int x = \"text\"; }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "crawl                                        | no sources",
                "crawl DIR/a.html                             | --to is missing",
                "crawl http:// --to DIR/o                     | 'http://' is not a well-formed URL",
                "crawl http:///x --to DIR/o                   | names no valid host",
                "crawl http:/x --to DIR/o                     | names no valid host",
                "crawl http://[::1 --to DIR/o                 | is not a well-formed URL",
                "crawl http://a.example:99999/ --to DIR/o     | there is no port 99999",
                "crawl http://u:p@a.example/ --to DIR/o       | user names and passwords in URLs are refused",
                "crawl ftp://a.example/ --to DIR/o            | only http and https",
                "crawl file:///etc/passwd --to DIR/o          | file URLs are refused",
                "crawl http://no-such-host.invalid/ --to DIR/o| no such host: no-such-host.invalid",
                "crawl DIR/none.html --to DIR/o               | none.html: no such file",
                "crawl @DIR/none --to DIR/o                   | none: no such file (a list of sources)",
                "crawl @DIR --to DIR/o                        | is a folder: give it without the @",
                "crawl /dev/null --to DIR/o                   | is neither a file nor a folder",
                "crawl - - --to DIR/o                         | standard input can be read once",
                "crawl DIR --to DIR/o --parse odt             | unknown parser 'odt': choose auto, html, text, image, pdf, json",
                "crawl DIR --to DIR/o --parse demo            | unknown parser 'demo'",
                "crawl no-such-host.invalid --to DIR/o        | no such file (a URL begins with http:// or https://)",
                "crawl DIR/a.html --to DIR/a.html --overwrite | a.html is the source DIR/a.html: name another file",
                "crawl @DIR/a.html --to DIR/./a.html --overwrite | a.html is the source @DIR/a.html",
                "crawl DIR --to DIR                           | name another folder",
                "crawl DIR --to DIR/none/o                    | does not exist",
                "crawl DIR --to DIR/old.jsonl                 | old.jsonl exists: name another file, or give --overwrite",
                "crawl DIR --to /proc/o                       | cannot write /proc/o",
                "crawl DIR --to DIR/o --deadline soon         | 'soon' is not a duration: write 500ms, 30s",
                "crawl DIR --to DIR/o --deadline 0s           | a duration of 0 leaves no time",
                "crawl DIR --to DIR/o --max-size huge         | \"huge\" is no size: write 65536, 512k, 64m or 2g",
                "crawl DIR --to DIR/o --max-size 4g           | --max-size 4096 MiB is too much: at most 1024 MiB",
                "crawl DIR --to DIR/o --max-size 1g           | --max-size 1024 MiB needs a heap of 4096 MiB",
                "crawl DIR --to DIR/o --heap 1k               | --heap 1 KiB is too little",
                "crawl DIR --to DIR/o --workers 0             | --workers 0 is out of range: between 1 and 1024",
                "crawl DIR --to DIR/o --limit -1              | --limit -1 is out of range",
                "crawl DIR --to DIR/o --retries x             | 'x' is not an int",
                "crawl DIR --to DIR/o --wrokers 2             | --wrokers",
                "crawl --demo DIR                             | --demo brings its own sources",
                "advise                                       | CLASS::METHOD",
                "advise com.acme.Work.f                       | names no method: write com.acme.Work::f",
                "advise com.acme.Work::f --class-path DIR     | there is no class com.acme.Work on the class path",
                "advise a.B::f --class-path DIR/none.jar      | none.jar: no such file",
                "advise a.B::f --class-path DIR/a.html        | a.html is no jar",
                "advise a.B::f --heap 1m                      | --heap 1 MiB is too little: at least 16m",
                "advise a.B::f --for soon                     | 'soon' is not a duration",
                "run                                          | FILE",
                "run DIR/none.java                            | none.java: no such file",
                "run DIR                                      | is not a file",
                "run DIR/a.html                               | its name must end with .java",
                "example no-such-example                      | no example is called 'no-such-example'",
                "run EMPTY                                    | the name of the source file is empty",
                "bench call.noop.p49                          | nothing to measure is called 'call.noop.p49': choose",
                "weave                                        | there is no command 'weave': choose crawl, advise, top, bench, run or example",
                "help                                         | there is no command 'help'",
                "--wave                                       | Unknown option: '--wave' (see forkloom --help)",
                "~~                                           | a command is missing: crawl, advise, top, bench, run or example",
            })
    void a_mistake_is_one_clear_line_and_exit_code_2(String line, String message) {
        var run = CommandRun.of(
                line.isBlank()
                        ? new String[0]
                        : Stream.of(line.split(" +", -1))
                                .map(word ->
                                        word.replace("DIR", folder.toString()).replace("EMPTY", ""))
                                .toArray(String[]::new));

        assertThat(run.err())
                .startsWith("forkloom: ")
                .contains(message.replace("DIR", folder.toString()))
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("o")).doesNotExist();
        assertThat(folder.resolve("old.jsonl")).hasContent("old");
        assertThat(folder.resolve("a.html")).hasContent("<title>a</title>");
    }

    @Test
    void what_does_not_compile_is_shown_as_javac_shows_it() {
        var run = CommandRun.of("run", folder.resolve("Bad.java").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .contains("Bad.java:1: error: incompatible types: String cannot be converted to int")
                .contains("void main() { int x = \"text\"; }")
                .endsWith("1 error\n");
    }

    @Test
    void a_stack_trace_is_shown_with_debug_only() {
        var quiet = CommandRun.of("crawl", "/none", "--to", "-");
        var loud = CommandRun.of("--debug", "crawl", "/none", "--to", "-");
        var after = CommandRun.of("crawl", "--debug", "/none", "--to", "-");

        assertThat(quiet.err()).doesNotContain("\tat ");
        assertThat(loud.err()).contains("\tat ");
        assertThat(after.err()).contains("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--help",
        "crawl --help",
        "advise --help",
        "bench --help",
        "run --help",
        "example --help",
        "--version",
        "crawl --version"
    })
    void help_and_version_are_everywhere_and_go_to_standard_output(String line) {
        var run = CommandRun.of(line.split(" ", -1));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsIgnoringCase("forkloom");
        assertThat(run.err()).isEmpty();
    }
}
