package io.forkloom.cli.crawl.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.deliver.DeliverFlags;
import io.forkloom.cli.crawl.deliver.Targets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path folder;

    private static List<Source> all(String input, String... arguments) {
        var in = new StandardInput(new ByteArrayInputStream(input.getBytes(UTF_8)));
        var found = new ArrayList<Source>();
        try (var walk = new Sources(List.of(arguments), in, _ -> false).open()) {
            walk.forEachRemaining(found::add);
        }
        return found;
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, name);
    }

    @Test
    void a_list_gives_a_source_a_line_without_blank_lines_and_comments() throws IOException {
        Path file = write("here.html");
        var found = all("# pages\n\n  http://a.example/x#part \r\n" + file + "\nhttps://b.example", "-");

        assertThat(found)
                .extracting(Source::name)
                .containsExactly("http://a.example/x#part", file.toString(), "https://b.example");
        assertThat(found.getFirst())
                .isInstanceOfSatisfying(
                        Source.Web.class, web -> assertThat(web.uri()).hasToString("http://a.example/x"));
    }

    @Test
    void a_line_of_which_nothing_can_be_made_is_an_input_that_fails_and_the_list_goes_on() {
        String longLine = "x".repeat(Lines.MAX_LENGTH + 10);
        var found =
                all("http:// bad\nftp://a.example/\nno/such/file\n@other\n" + longLine + "\nhttp://a.example/", "-");

        assertThat(found.subList(0, 5)).allSatisfy(source -> assertThat(source).isInstanceOf(Source.Broken.class));
        assertThat(found.getLast()).isInstanceOf(Source.Web.class);
    }

    @Test
    void a_folder_gives_the_regular_files_below_it_and_follows_no_link() throws IOException {
        write("a.html");
        write("deep/er/b.html");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("link.html"), folder.resolve("a.html"));

        assertThat(all("", folder.toString()))
                .extracting(Source::name)
                .containsExactlyInAnyOrder(
                        folder.resolve("a.html").toString(),
                        folder.resolve("deep/er/b.html").toString());
    }

    @Test
    void a_folder_that_is_too_deep_is_one_input_that_fails() throws IOException {
        Files.createDirectories(folder.resolve("d/".repeat(FolderWalk.MAX_DEPTH + 5)));
        write("a.html");

        assertThat(all("", folder.toString()))
                .hasSize(2)
                .anySatisfy(source -> assertThat(source)
                        .isInstanceOfSatisfying(
                                Source.Broken.class,
                                broken -> assertThat(broken.reason()).contains("deep")));
    }

    @Test
    void lists_folders_and_files_are_read_one_after_the_other() throws IOException {
        write("site/a.html");
        Path list = Files.writeString(folder.resolve("list"), folder.resolve("site") + "\nhttp://a.example/\n");

        assertThat(all("", "@" + list, folder.resolve("site/a.html").toString()))
                .extracting(Source::name)
                .containsExactly(
                        folder.resolve("site/a.html").toString(),
                        "http://a.example/",
                        folder.resolve("site/a.html").toString());
    }

    private static Targets targets(String place) {
        return new DeliverFlags().targets(List.of(place), List.of());
    }

    @Test
    void the_output_of_the_crawl_is_no_source_of_it() throws IOException {
        write("a.html");
        write("out.jsonl.failed.jsonl");
        write("out.jsonl.part");
        write("out.jsonl.journal-wal");
        write("sub/out.jsonl");
        var targets = targets(folder.resolve("out.jsonl").toString());
        write("out.jsonl");

        var found = new ArrayList<String>();
        var sources = new Sources(List.of(folder.toString()), System.in, targets::isOwn);
        sources.open()
                .forEachRemaining(source ->
                        found.add(folder.relativize(Path.of(source.name())).toString()));
        assertThat(found).containsExactlyInAnyOrder("a.html", "sub/out.jsonl");
    }

    @Test
    void a_line_of_a_list_that_names_the_output_is_refused() throws Exception {
        Path out = write("out.jsonl");
        var list = Files.writeString(folder.resolve("list"), write("a.html") + "\n" + out + "\n");
        var targets = targets(out.toString());
        var sources = new Sources(List.of("@" + list), System.in, targets::isOwn);
        var found = new ArrayList<Source>();
        sources.open().forEachRemaining(found::add);
        assertThat(found).hasSize(2).last().isEqualTo(new Source.Broken(out.toString(), "is where the results go"));
    }
}
