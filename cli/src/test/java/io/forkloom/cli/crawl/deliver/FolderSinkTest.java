package io.forkloom.cli.crawl.deliver;

import static io.forkloom.cli.crawl.deliver.Parcels.CONSOLE;
import static io.forkloom.cli.crawl.deliver.Parcels.json;
import static io.forkloom.cli.crawl.deliver.Parcels.parcels;
import static io.forkloom.cli.crawl.deliver.Parcels.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results as files of a folder. */
class FolderSinkTest {
    @TempDir
    Path folder;

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder.resolve("o"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void deliver(Targets targets, List<Parcel> results) throws InterruptedException {
        try (var sinks = targets.open(Map.of(), CONSOLE)) {
            sinks.write(results);
            sinks.flush();
            sinks.commit();
        }
    }

    @Test
    void each_result_is_a_file_of_its_own_at_the_flush_and_not_before() throws Exception {
        try (var sinks = targets(folder, "DIR/o/").open(Map.of(), CONSOLE)) {
            sinks.write(parcels(0, 30));
            assertThat(files()).hasSize(30).allMatch(file -> file.toString().endsWith(".json.part"));
            sinks.flush();
            assertThat(files()).hasSize(30).allMatch(file -> file.toString().endsWith(".json"));
        }
        assertThat(files().stream().map(Path::getParent).distinct()).hasSizeGreaterThan(10);
    }

    @Test
    void a_result_that_comes_again_replaces_the_first() throws Exception {
        deliver(targets(folder, "DIR/o/"), List.of(json("k", "{\"n\":1}"), json("l", "{}")));
        deliver(targets(folder, "DIR/o/"), List.of(json("k", "{\"n\":1}"), json("k", "{\"n\":2}")));
        assertThat(files()).hasSize(2);
        assertThat(folder.resolve("o").resolve(FileNames.of("k"))).hasContent("{\"n\":2}");
    }

    @Test
    void a_folder_with_something_in_it_is_refused_or_added_to() throws Exception {
        Files.createDirectory(folder.resolve("o"));
        targets(folder, "DIR/o").refuseExisting();
        Files.writeString(folder.resolve("o/mine"), "mine");
        assertThatThrownBy(() -> targets(folder, "DIR/o").refuseExisting())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("/o is not empty: name another folder, or give --overwrite");
        var again = targets(folder, true, OptionalLong.empty(), "DIR/o");
        again.refuseExisting();
        deliver(again, parcels(0, 1));
        assertThat(files()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/a/b.html?x=1, example.org-a-b.html-x-1-",
        "/tmp/../etc/passwd,               tmp-..-etc-passwd-",
        "...,                              ''",
        "è🧵,                              ''",
        ".hidden,                          hidden-"
    })
    void names_are_safe_and_say_what_they_are_for(String key, String readable) {
        assertThat(FileNames.of(key)).matches("([0-9a-f]{2})/\\Q" + readable + "\\E\\1[0-9a-f]{22}\\.json");
    }

    @Test
    void names_of_different_keys_differ_even_where_case_does_not_count() {
        var keys = Stream.of("a", "A", "a/", "a?", "a b", "a-b", "x".repeat(5000), "x".repeat(5001), "é", "e\u0301");
        assertThat(keys.map(FileNames::of).map(name -> name.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() < 100);
    }
}
