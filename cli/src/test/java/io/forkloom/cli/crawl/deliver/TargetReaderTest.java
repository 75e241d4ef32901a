package io.forkloom.cli.crawl.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --to} means, and which mistakes are told before work starts. */
class TargetReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("d/sub"));
        Files.writeString(folder.resolve("old"), "old");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("old"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("not-yet"));
        Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
    }

    private String here(String text) {
        return text.replace("DIR", folder.toString());
    }

    private Targets flags(String line) {
        var flags = new DeliverFlags();
        new CommandLine(CommandSpec.forAnnotatedObject(flags))
                .parseArgs(Stream.of(here(line).split(" "))
                        .map(word -> word.replace('_', ' '))
                        .toArray(String[]::new));
        return flags.targets(List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "DIR/o,               jsonl:DIR/o",
        "DIR/o.jsonl,         jsonl:DIR/o.jsonl",
        "DIR/o.json.gz,       jsonl:DIR/o.json.gz",
        "DIR/o.csv,           csv:DIR/o.csv",
        "DIR/O.CSV.gz,        csv:DIR/O.CSV.gz",
        "DIR/o.sqlite,        sqlite:DIR/o.sqlite#pages",
        "DIR/o.db,            sqlite:DIR/o.db#pages",
        "DIR/new/,            folder:DIR/new",
        "DIR/d,               folder:DIR/d",
        "csv:DIR/o.txt,       csv:DIR/o.txt",
        "jsonl:DIR/o.csv,     jsonl:DIR/o.csv",
        "sqlite:DIR/o,        sqlite:DIR/o#pages",
        "folder:DIR/o.csv,    folder:DIR/o.csv",
        "DIR/d/../o,          jsonl:DIR/o",
        "DIR/link,            jsonl:DIR/old",
        "DIR/dangling,        jsonl:DIR/not-yet",
        "-,                   -",
        "csv:-,               -",
        "/dev/null,           /dev/null",
        "http://h/a?secret=1, POST http://h/a",
        "HTTPS://h:1/{key},   POST HTTPS://h:1/{key}"
    })
    void a_place_is_known_by_its_name_or_its_prefix(String to, String name) {
        var http = new HttpOptions("POST", List.of(), 4, HttpOptions.Patience.USUAL);
        var options = new DeliverOptions(false, OptionalLong.empty(), "pages", Fields.STANDARD, http);
        assertThat(new TargetReader(options).read(here(to)).name()).isEqualTo(here(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "--to DIR/none/o                 | the folder DIR/none does not exist",
                "--to DIR/none/new/              | the folder DIR/none does not exist",
                "--to csv:DIR/d                  | is a folder: name a file in it, for example DIR/d/pages.csv",
                "--to folder:DIR/old             | DIR/old is a file, and not a folder",
                "--to csv:                       | '' is not the name of a file",
                "--to DIR/round                  | is a link that leads round in a circle",
                "--to DIR/o.parquet              | Parquet is not written; write JSON lines and convert them",
                "--to sqlite:-                   | only lines can be written there",
                "--to sqlite:/dev/null           | is not a regular file: a database cannot be there",
                "--to http://                    | is not a well-formed URL",
                "--to http:///x                  | names no valid host and port",
                "--to http://h:99999/x           | names no valid host and port",
                "--to http://u:secret@h/         | user names and passwords in URLs are refused; give --header",
                "--to http://h/?a#b              | leave out what stands behind #",
                "--to http://h/?secret --method put | http://h/?...: say by {key} where the key goes",
                "--to DIR/o --to DIR/d/../o      | --to DIR/o was given twice",
                "--to DIR/o --to csv:DIR/o       | --to DIR/o was given twice",
                "--to - --to csv:-               | --to standard output was given twice",
                "--to DIR/o --split 1k           | --split 1 KiB is out of range: between 64k and 512g",
                "--to DIR/o.db --split 1m        | --split is for a file of lines, and --to names none",
                "--to DIR/o --table pages        | --table is for a .sqlite, and --to names none",
                "--to DIR/o.db --table a;b       | 'a;b' is not the name of a table",
                "--to DIR/o.db --table sqlite_a  | 'sqlite a' is not the name of a table",
                "--to DIR/o --method PUT         | --method is for a server, and --to names none",
                "--to http://h/ --method GET     | --method GET: choose POST or PUT",
                "--to http://h/ --http-limit 0   | --http-limit 0 is out of range",
                "--to http://h/ --header secret  | write 'Name: value'; there is no name before a colon",
                "--to http://h/ --header Host:secret | 'Host: ...': a header of this name or value cannot be sent",
                "--to http://h/ --header A_B:secret | 'A B: ...': a header of this name or value cannot be sent",
            })
    void a_mistake_is_told_with_what_to_do_and_without_secrets(String line, String message) {
        assertThatThrownBy(() -> flags(line))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(here(message))
                .hasMessageNotContaining("secret")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o.jsonl",
                "o.jsonl.part",
                "o.jsonl.journal",
                "o.jsonl.journal-wal",
                "o.jsonl.failed.jsonl",
                "o.jsonl.failed.jsonl.part",
                "o.jsonl.report.html",
                "d/../o.jsonl",
                "p-00001.csv.gz",
                "p-12345.csv.gz.part",
                "p.csv.gz.part",
                "t.db-wal",
                "d/any",
                "d/sub/any"
            })
    void a_walk_passes_over_what_the_crawl_writes(String file) throws IOException {
        Files.writeString(folder.resolve(file), "");
        assertThat(own()).matches(targets -> targets.isOwn(folder.resolve(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"old", "o.json", "o.jsonl.bak", "o.jsonl2", "p-1.csv.gz", "q-00001.csv.gz", "d2", "sub/o.jsonl"})
    void a_walk_takes_everything_else(String file) throws IOException {
        Files.createDirectories(folder.resolve(file).resolveSibling("."));
        Files.writeString(folder.resolve(file), "");
        assertThat(own()).matches(targets -> !targets.isOwn(folder.resolve(file)));
    }

    private Targets own() {
        return flags("--split 1m --to jsonl:DIR/o.jsonl --to DIR/p.csv.gz --to DIR/t.db --to DIR/d");
    }

    @Test
    void journal_and_failures_stand_beside_the_first_that_is_a_file_or_a_folder() {
        assertThat(flags("--to - --to http://h/ --to DIR/d --to DIR/o").home()).contains(folder.resolve("d"));
        assertThat(flags("--to - --to DIR/o.csv --to DIR/d").failures()).contains(folder.resolve("o.csv.failed.jsonl"));
        assertThat(flags("--to - --to http://h/").home()).isEmpty();
        assertThat(flags("--to - --to http://h/").takeStandardOutput()).isTrue();
    }

    @Test
    void sources_are_not_written_over() {
        assertThatThrownBy(() -> flags("--to DIR/link").refuseSources(List.of(here("DIR/old"))))
                .hasMessageContaining("old is the source");
        assertThatThrownBy(() -> flags("--to DIR/d").refuseSources(List.of("http://h/", here("DIR/./d"))))
                .hasMessageContaining(here("--to DIR/d/ is the source DIR/./d: name another folder"));
        flags("--to DIR/d").refuseSources(List.of(folder.toString()));
    }
}
