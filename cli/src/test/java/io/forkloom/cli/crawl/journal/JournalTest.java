package io.forkloom.cli.crawl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.source.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final String SHA = "ab".repeat(64);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("out.jsonl.journal");
    }

    private static Found page(String address) {
        return Found.named(new Source.Web(address, URI.create(address)));
    }

    private static Input first(Journal journal, String host) {
        return journal.waiting(host, 0, 1).getFirst();
    }

    @Test
    void an_input_that_is_named_twice_is_there_once() {
        try (var journal = Journal.create(file())) {
            assertThat(journal.add(List.of(page("http://a.example/x"), page("http://a.example:80/x"))))
                    .isEqualTo(Map.of("a.example:80", 1));
            assertThat(journal.add(List.of(page("http://a.example/x")))).isEmpty();
            assertThat(journal.counts().read()).isEqualTo(1);
        }
    }

    @Test
    void what_was_noted_is_there_when_it_is_opened_again_and_what_was_in_flight_waits() {
        try (var journal = Journal.create(file())) {
            journal.add(List.of(
                    page("http://a.example/1"),
                    page("http://a.example/2"),
                    page("http://a.example/3"),
                    Found.named(new Source.Local("x.html", Path.of("x.html"))),
                    Found.named(new Source.Broken("gone", "no such file"))));
            var inputs = journal.waiting("a.example:80", 0, 2);
            var link = Found.link(inputs.getFirst(), URI.create("http://b.example/"));
            var hosts = journal.end(
                    List.of(
                            new Ending.Done(inputs.get(0), 7, SHA, new Validators("\"e\"", ""), List.of(link)),
                            new Ending.Failed(inputs.get(1), new Failure("2", "parse", "Crashed", "why"))),
                    Map.of("out", 70L));
            assertThat(hosts).isEqualTo(Map.of("b.example:80", 1));
            journal.note("terms", "these");
        }
        try (var journal = Journal.open(file(), false)) {
            assertThat(journal.positions()).isEqualTo(Map.of("out", 70L));
            assertThat(journal.note("terms")).contains("these");
            assertThat(journal.note("complete")).isEmpty();
            assertThat(journal.counts()).isEqualTo(new Counts(6, 5, 4, 1, Map.of("Crashed", 1L), Map.of()));
            assertThat(journal.waiting("a.example:80", 0, 9))
                    .extracting(Input::key)
                    .containsExactly("http://a.example/3");
            assertThat(journal.waiting("", 0, 9))
                    .extracting(Input::source)
                    .containsExactly(
                            new Source.Local("x.html", Path.of("x.html").toAbsolutePath()),
                            new Source.Broken("gone", "no such file"));
            var link = first(journal, "b.example:80");
            assertThat(link.depth()).isEqualTo(1);
            assertThat(link.root()).isEqualTo(1);
            assertThat(journal.hasContent(SHA)).isTrue();
            assertThat(journal.hasContent("cd".repeat(64))).isFalse();
            assertThat(journal.validators("http://a.example/1")).isEqualTo(new Validators("\"e\"", ""));
            assertThat(journal.linksOf("http://a.example/1")).containsExactly("http://b.example/");
            assertThat(journal.failed(0, 9))
                    .extracting(Rows.Failed::failure)
                    .containsExactly(new Failure("http://a.example/2", "parse", "Crashed", "why"));
        }
    }

    @Test
    void those_that_failed_so_wait_again() {
        try (var journal = Journal.create(file())) {
            journal.add(List.of(page("http://a.example/1"), page("http://a.example/2")));
            var inputs = journal.waiting("a.example:80", 0, 2);
            journal.end(
                    List.of(
                            new Ending.Failed(inputs.get(0), new Failure("1", "parse", "Crashed", "why")),
                            new Ending.Failed(inputs.get(1), new Failure("2", "fetch", "Failed", "why"))),
                    Map.of());
            assertThat(journal.retry(Set.of("Crashed", "TimedOut"))).isEqualTo(1);
            assertThat(first(journal, "a.example:80").key()).isEqualTo("http://a.example/1");
            assertThat(journal.counts().waiting()).isEqualTo(1);
        }
    }

    @Test
    void hosts_are_found_by_their_names() {
        try (var journal = Journal.create(file())) {
            journal.add(List.of(page("http://b.example/1"), page("http://a.example/1"), page("http://b.example/2")));
            assertThat(journal.hostBehind("")).contains("a.example:80");
            assertThat(journal.hostBehind("a.example:80")).contains("b.example:80");
            assertThat(journal.hostBehind("b.example:80")).isEmpty();
        }
    }

    @Test
    void another_program_can_look_while_it_is_written() {
        try (var journal = Journal.create(file())) {
            journal.add(List.of(page("http://a.example/1")));
            try (var look = Journal.open(file(), true)) {
                assertThat(look.counts().waiting()).isEqualTo(1);
                journal.add(List.of(page("http://a.example/2")));
                assertThat(look.counts().waiting()).isEqualTo(2);
            }
        }
    }

    @Test
    void a_file_that_is_no_journal_is_refused_in_words() throws IOException {
        Files.writeString(file(), "no database, and longer than the header of one would be: ".repeat(9));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Journal.open(file(), false))
                .withMessageContaining("cannot be read as a crawl's journal");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Journal.open(folder.resolve("none"), true))
                .withMessageContaining("there is no such journal");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Journal.create(folder.resolve("no/such/folder")))
                .withMessageContaining("cannot write the journal");
    }

    @Test
    void a_temporary_one_knows_more_than_it_has_room_for_in_memory_and_has_no_name() throws IOException {
        try (var journal = Journal.temporary()) {
            // Several times the cache.
            var pages = IntStream.range(0, 60_000)
                    .mapToObj(i -> page("http://a.example/" + "x".repeat(200) + i))
                    .toList();
            journal.add(pages);
            var ends = journal.waiting("a.example:80", 0, 60_000).stream()
                    .map(input -> new Ending.Failed(input, new Failure("", "parse", "Crashed", "why")))
                    .toList();
            journal.end(List.copyOf(ends.subList(1, ends.size())), Map.of());

            assertThat(first(journal, "a.example:80").key()).endsWith("x0");
            assertThat(journal.counts().failures()).isEqualTo(59_999);
            assertThat(openFiles())
                    .as("SQLite's temporary files")
                    .isNotEmpty()
                    .allMatch(name -> name.endsWith(" (deleted)"));
        }
        assertThat(openFiles()).isEmpty();
    }

    /** As Linux names them. */
    private static List<String> openFiles() throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)) {
                    names.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        return names.stream().filter(name -> name.contains("/etilqs_")).toList();
    }

    @Test
    void one_that_was_closed_is_one_file_also_when_somebody_reads_it() throws IOException {
        try (var journal = Journal.create(file())) {
            journal.add(List.of(page("http://a.example/1")));
            try (var reader = Journal.open(file(), true)) {
                assertThat(reader.counts().waiting()).isOne();
            }
        }
        try (var reader = Journal.open(file(), true)) {
            assertThat(reader.counts().waiting()).isOne();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }
}
