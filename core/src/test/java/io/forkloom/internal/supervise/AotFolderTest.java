package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotFolderTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path outer;

    private Path path;
    private AotFolder folder;

    @BeforeEach
    void make() {
        path = outer.resolve("a/b");
        folder = new AotFolder(path);
    }

    private void made(String key) throws IOException {
        var place = folder.take(key).orElseThrow();
        Files.writeString(place.temporary(), "a cache");
        place.finish(true, true);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_cache_is_found_when_it_is_finished() throws IOException {
        assertThat(folder.find("k")).isEmpty();
        made("k");
        assertThat(folder.find("k")).contains(path.resolve("k.aot"));
        assertThat(folder.find("other")).isEmpty();
        assertThat(folder.take("k")).isEmpty();
        assertThat(names()).containsExactly("k.aot", "lock");
    }

    @Test
    void one_cache_is_made_at_a_time_whoever_wants_which() {
        var place = folder.take("k").orElseThrow();
        assertThat(folder.take("k")).isEmpty();
        assertThat(new AotFolder(path).take("other")).isEmpty();
        place.finish(false, false);
        new AotFolder(path).take("k").orElseThrow().finish(false, false);
    }

    @Test
    void what_could_not_be_made_is_tried_again_a_day_later() throws IOException {
        folder.take("k").orElseThrow().finish(false, true);
        assertThat(folder.find("k")).isEmpty();
        assertThat(folder.take("k")).isEmpty();
        Files.setLastModifiedTime(path.resolve("k.aot"), LONG_AGO);
        made("k");
        assertThat(folder.find("k")).isPresent();
    }

    @Test
    void what_was_not_to_be_finished_leaves_nothing() throws IOException {
        var place = folder.take("k").orElseThrow();
        Files.writeString(place.temporary(), "half of it");
        place.finish(false, false);
        assertThat(names()).containsExactly("lock");
    }

    @Test
    void the_newest_stay_and_files_of_others_too() throws IOException {
        for (int i = 0; i < 10; i++) {
            made("k" + i);
            Files.setLastModifiedTime(
                    path.resolve("k" + i + ".aot"), FileTime.fromMillis(LONG_AGO.toMillis() + i * 1000L));
        }
        Files.writeString(path.resolve("notes.txt"), "mine");
        made("last");
        assertThat(names())
                .containsExactly(
                        "k3.aot",
                        "k4.aot",
                        "k5.aot",
                        "k6.aot",
                        "k7.aot",
                        "k8.aot",
                        "k9.aot",
                        "last.aot",
                        "lock",
                        "notes.txt");
    }

    @Test
    void a_cache_that_a_worker_did_not_start_with_is_made_anew() throws IOException {
        made("k");
        folder.distrust("k");
        assertThat(folder.find("k")).isEmpty();
        made("k");
    }

    @Test
    void the_key_has_every_word_in_its_place() {
        assertThat(AotFolder.key(List.of("a", "b")))
                .isEqualTo(AotFolder.key(List.of("a", "b")))
                .isNotEqualTo(AotFolder.key(List.of("b", "a")))
                .isNotEqualTo(AotFolder.key(List.of("ab")))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void options_that_are_about_other_archives_or_paths_are_known() {
        assertThat(List.of("-XX:AOTMode=off", "-Xshare:off", "-javaagent:x.jar", "-cp", "--add-modules=x"))
                .allMatch(AotFolder::isForbiddenWith);
        assertThat(List.of("-Xmx1g", "-XX:+UseParallelGC", "-Dx=y")).noneMatch(AotFolder::isForbiddenWith);
    }
}
