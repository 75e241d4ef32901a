package io.forkloom.cli.crawl.deliver;

import static io.forkloom.cli.crawl.deliver.Parcels.CONSOLE;
import static io.forkloom.cli.crawl.deliver.Parcels.files;
import static io.forkloom.cli.crawl.deliver.Parcels.parcel;
import static io.forkloom.cli.crawl.deliver.Parcels.parcels;
import static io.forkloom.cli.crawl.deliver.Parcels.targets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results in files of lines: whole files or none, and what can go wrong with them. */
@Timeout(60)
class FilesTest {
    @TempDir
    Path folder;

    /** One run, up to the positions that a journal would note. */
    private Map<String, Long> begin(Targets targets, List<Parcel> results) throws InterruptedException {
        return goOn(targets, Map.of(), results);
    }

    private Map<String, Long> goOn(Targets targets, Map<String, Long> positions, List<Parcel> results)
            throws InterruptedException {
        try (var sinks = targets.open(positions, CONSOLE)) {
            sinks.write(results);
            return sinks.flush();
        }
    }

    private void whole(Targets targets, List<Parcel> results) throws InterruptedException {
        try (var sinks = targets.open(Map.of(), CONSOLE)) {
            sinks.write(results);
            sinks.flush();
            sinks.commit();
        }
    }

    @Test
    void nothing_stands_under_the_final_name_before_the_commit() throws Exception {
        var targets = targets(folder, "DIR/o");
        try (var sinks = targets.open(Map.of(), CONSOLE)) {
            sinks.write(parcels(0, 2));
            sinks.flush();
            assertThat(files(folder)).containsExactly("o.part");
            sinks.commit();
        }
        assertThat(files(folder)).containsExactly("o");
        assertThat(Files.readAllLines(folder.resolve("o"))).hasSize(2).allMatch(line -> line.endsWith("7}"));
    }

    @Test
    void without_a_commit_the_part_stays_to_be_gone_on_with_and_an_old_file_too() throws Exception {
        Files.writeString(folder.resolve("o"), "old");
        var targets = targets(folder, true, OptionalLong.empty(), "DIR/o");
        var positions = begin(targets, parcels(0, 2));
        assertThat(folder.resolve("o")).hasContent("old");
        try (var sinks = targets.open(positions, CONSOLE)) {
            sinks.write(parcels(2, 3));
            sinks.flush();
            sinks.commit();
        }
        assertThat(Files.readAllLines(folder.resolve("o"))).hasSize(3);
    }

    @Test
    void what_is_there_is_refused_unless_it_may_be_overwritten() throws IOException {
        Files.writeString(folder.resolve("o.failed.jsonl"), "old");
        Files.writeString(folder.resolve("p"), "old");
        Files.writeString(folder.resolve("s-00007"), "old");
        Files.writeString(folder.resolve("q.part"), "old");
        assertThatThrownBy(() -> targets(folder, "DIR/o").refuseExisting())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("o.failed.jsonl exists: name another file, or give --overwrite");
        assertThatThrownBy(() -> targets(folder, "DIR/p").refuseExisting()).hasMessageContaining("/p exists");
        assertThatThrownBy(() ->
                        targets(folder, false, OptionalLong.of(99), "DIR/s").refuseExisting())
                .hasMessageContaining("s-00007 exists");
        targets(folder, true, OptionalLong.empty(), "DIR/o", "DIR/p").refuseExisting();
        assertThatThrownBy(() -> targets(folder, "DIR/q").refuseExisting())
                .hasMessageContaining("q.part has results of a crawl whose journal is gone");
        targets(folder, "DIR/s").refuseExisting();
    }

    @Test
    void an_interrupt_while_a_file_is_written_is_an_interrupt_and_the_crawl_can_go_on() throws Exception {
        var targets = targets(folder, "DIR/o");
        var positions = begin(targets, parcels(0, 2));
        try (var sinks = targets.open(positions, CONSOLE)) {
            Thread.currentThread().interrupt();
            var large = List.of(parcel("a", "x".repeat(1 << 20)));
            assertThatThrownBy(() -> sinks.write(large)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
        try (var sinks = targets.open(positions, CONSOLE)) {
            sinks.flush();
            sinks.commit();
        }
        assertThat(Files.readAllLines(folder.resolve("o"))).hasSize(2);
    }

    @Test
    void a_file_that_appears_meanwhile_is_not_overwritten_and_the_results_are_kept() throws Exception {
        try (var sinks = targets(folder, "DIR/o").open(Map.of(), CONSOLE)) {
            sinks.write(parcels(0, 1));
            Files.writeString(folder.resolve("o"), "somebody else's");
            sinks.flush();
            assertThatThrownBy(sinks::commit).hasMessageContaining("appeared meanwhile; the results are in");
        }
        assertThat(folder.resolve("o")).hasContent("somebody else's");
        assertThat(Files.readAllLines(folder.resolve("o.part"))).hasSize(1);
    }

    @Test
    void a_commit_of_what_was_not_flushed_is_a_mistake_of_the_program() throws Exception {
        try (var sinks = targets(folder, "DIR/o").open(Map.of(), CONSOLE)) {
            sinks.flush();
            sinks.write(parcels(0, 1));
            assertThatThrownBy(sinks::commit).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_link_is_kept_and_the_file_that_it_names_written() throws Exception {
        Files.createSymbolicLink(folder.resolve("o"), Path.of("real"));
        var targets = targets(folder, "DIR/o");
        whole(targets, parcels(0, 1));
        // Taken back to being a part, the file is not there, and the link leads nowhere.
        try (var sinks = targets.open(targets.ends(), CONSOLE)) {
            sinks.write(parcels(1, 2));
            sinks.flush();
            assertThat(files(folder)).containsExactly("o", "real.part");
            sinks.commit();
        }
        assertThat(Files.isSymbolicLink(folder.resolve("o"))).isTrue();
        assertThat(Files.readAllLines(folder.resolve("real"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o.jsonl", "o.jsonl.gz", "o.csv", "o.csv.gz"})
    void complete_results_can_be_added_to(String name) throws Exception {
        for (var split : List.of(OptionalLong.empty(), OptionalLong.of(200))) {
            var targets = targets(folder, false, split, "DIR/" + name);
            whole(targets, parcels(0, 5));
            try (var sinks = targets.open(targets.ends(), CONSOLE)) {
                sinks.write(parcels(5, 9));
                sinks.flush();
                sinks.commit();
            }
            var lines = new java.util.ArrayList<String>();
            for (String file : files(folder)) {
                try (var in = name.endsWith(".gz")
                        ? new GZIPInputStream(Files.newInputStream(folder.resolve(file)))
                        : Files.newInputStream(folder.resolve(file))) {
                    new String(in.readAllBytes(), UTF_8).lines().forEach(lines::add);
                }
                Files.delete(folder.resolve(file));
            }
            assertThat(lines.stream().filter(line -> line.contains("http://a/")))
                    .hasSize(9);
        }
    }

    @Test
    void a_part_that_was_cut_off_or_taken_away_ends_the_crawl_before_it_goes_on() throws Exception {
        var targets = targets(folder, "DIR/o");
        var positions = begin(targets, parcels(0, 2));
        Files.writeString(folder.resolve("o.part"), "short");
        assertThatThrownBy(() -> targets.open(positions, CONSOLE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("o.part has 5 bytes, and the crawl had left "
                        + positions.values().iterator().next()
                        + ": it was changed since. Bring it back as it was, or begin anew with --overwrite");
        Files.delete(folder.resolve("o.part"));
        assertThatThrownBy(() -> targets.open(positions, CONSOLE)).hasMessageContaining("o.part is gone");
        Files.writeString(folder.resolve("o"), "somebody else's");
        assertThatThrownBy(() -> targets.open(positions, CONSOLE)).hasMessageContaining("/o has 15 bytes");
        assertThat(files(folder)).containsExactly("o");
    }

    @Test
    void other_places_or_other_columns_than_the_crawl_was_begun_with_are_refused() throws Exception {
        var positions = begin(targets(folder, "DIR/o.csv"), parcels(0, 2));
        assertThatThrownBy(() -> targets(folder, "DIR/o.csv", "DIR/p").open(positions, CONSOLE))
                .hasMessageContaining("was begun with other places for its results, csv:" + folder + "/o.csv: give");
        assertThatThrownBy(() ->
                        targets(folder, false, OptionalLong.of(99), "DIR/o.csv").open(positions, CONSOLE))
                .hasMessageContaining("give the same --to and --split again");
        var http = new HttpOptions("POST", List.of(), 4, HttpOptions.Patience.USUAL);
        var options = new DeliverOptions(false, OptionalLong.empty(), "pages", List.of("title"), http);
        var others = new Targets(List.of(new TargetReader(options).read(folder + "/o.csv")), false);
        assertThatThrownBy(() -> others.open(positions, CONSOLE))
                .hasMessageContaining("o.csv has other columns than title: give the --fields that it was begun with");
    }

    @ParameterizedTest
    @CsvSource({"DIR/o,", "DIR/o, 100", "sqlite:DIR/o,", "folder:DIR/o,"})
    void a_second_crawl_is_kept_away_until_the_first_has_ended(String to, Long split) throws Exception {
        var targets = targets(folder, false, split == null ? OptionalLong.empty() : OptionalLong.of(split), to);
        try (var sinks = targets.open(Map.of(), CONSOLE)) {
            sinks.write(parcels(0, 9));
            sinks.flush();
            var before = files(folder);
            assertThatThrownBy(() -> targets.open(Map.of(), CONSOLE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another crawl is writing " + folder + "/o.part");
            assertThat(files(folder)).isEqualTo(before);
            sinks.flush();
            sinks.commit();
        }
        assertThat(files(folder)).doesNotContain("o.part");
        targets.open(targets.ends(), CONSOLE).close();
    }

    @Test
    void split_files_are_no_larger_than_said_unless_one_result_is_and_each_can_be_read_alone() throws Exception {
        var targets = targets(folder, true, OptionalLong.of(150), "DIR/o.csv");
        Files.writeString(folder.resolve("o-00999.csv"), "of an earlier crawl");
        whole(targets, parcels(0, 12));
        assertThat(files(folder)).hasSizeBetween(3, 12).allMatch(name -> name.matches("o-0000[0-9]\\.csv"));
        for (String name : files(folder)) {
            assertThat(Files.size(folder.resolve(name))).isLessThanOrEqualTo(150);
            assertThat(Files.readAllLines(folder.resolve(name)))
                    .hasSizeGreaterThan(1)
                    .first()
                    .isEqualTo("source,status,type,bytes,sha512,title,language,words,worker,ms");
        }
        whole(targets, List.of(parcel("http://a/" + "long".repeat(99)), parcel("b")));
        assertThat(files(folder)).containsExactly("o-00001.csv", "o-00002.csv");
    }

    @Test
    void a_commit_that_broke_off_between_two_names_is_made_again() throws Exception {
        var targets = targets(folder, false, OptionalLong.of(60), "DIR/o.jsonl");
        var positions = begin(targets, parcels(0, 4));
        var before = files(folder);
        Files.move(folder.resolve("o-00001.jsonl.part"), folder.resolve("o-00001.jsonl"));
        Files.move(folder.resolve("o-00002.jsonl.part"), folder.resolve("o-00002.jsonl"));
        goOn(targets, positions, List.of());
        try (var sinks = targets.open(positions, CONSOLE)) {
            sinks.flush();
            sinks.commit();
        }
        assertThat(before).hasSize(5);
        assertThat(files(folder)).containsExactly("o-00001.jsonl", "o-00002.jsonl", "o-00003.jsonl", "o-00004.jsonl");
    }

    @Test
    void a_crawl_without_results_leaves_files_that_can_be_read() throws Exception {
        whole(targets(folder, "DIR/o.jsonl", "DIR/o.csv", "DIR/o.jsonl.gz"), List.of());
        assertThat(folder.resolve("o.jsonl")).isEmptyFile();
        assertThat(folder.resolve("o.csv"))
                .content()
                .startsWith("source,status")
                .hasLineCount(1);
        try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve("o.jsonl.gz")))) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void a_full_disk_is_one_clear_line() throws Exception {
        try (var sinks = targets(folder, "/dev/full").open(Map.of(), CONSOLE)) {
            sinks.write(parcels(0, 2));
            assertThatThrownBy(sinks::flush)
                    .isInstanceOf(InputException.class)
                    .hasMessage("cannot write /dev/full: No space left on device");
        }
        Files.createSymbolicLink(folder.resolve("o.part"), Path.of("/dev/full"));
        try (var sinks = targets(folder, "DIR/o").open(Map.of(), CONSOLE)) {
            var large = List.of(parcel("a", "x".repeat(1 << 20)));
            assertThatThrownBy(() -> sinks.write(large))
                    .isInstanceOf(InputException.class)
                    .hasMessage("cannot write " + folder + "/o: No space left on device");
        }
    }

    @Test
    void standard_output_gets_lines_at_each_flush_and_stays_open() throws Exception {
        var out = new ByteArrayOutputStream();
        var console = Parcels.console(out);
        try (var sinks = targets(folder, "csv:-").open(Map.of(), console)) {
            sinks.write(parcels(0, 1));
            assertThat(sinks.flush()).isEqualTo(Map.of("-", 0L));
            assertThat(out.toString(UTF_8)).endsWith("http://a/0,,,,,,,7,,\n").hasLineCount(2);
            sinks.commit();
        }
        assertThat(console.out().checkError()).isFalse();
    }

    @Test
    void a_pipe_that_nobody_reads_any_more_ends_the_crawl() throws Exception {
        var closed = new java.io.OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (var sinks = targets(folder, "-").open(Map.of(), Parcels.console(closed))) {
            sinks.write(parcels(0, 1));
            assertThatThrownBy(sinks::flush).hasMessage("cannot write standard output: it was closed");
        }
    }

    @Test
    void a_named_pipe_is_written_as_it_is() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        // Both ends, so that neither open waits.
        try (var _ = Files.newByteChannel(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var sinks = targets(folder, "DIR/pipe").open(Map.of(), CONSOLE);
                var reader = Files.newBufferedReader(pipe)) {
            sinks.write(parcels(0, 1));
            sinks.flush();
            sinks.commit();
            assertThat(reader.readLine()).startsWith("{\"source\":\"http://a/0\"");
        }
        assertThat(files(folder)).containsExactly("pipe");
    }
}
