package io.forkloom.bench.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    @Test
    void each_time_all_pages_have_another_address() throws IOException {
        try (var corpus = Corpus.tiny(2)) {
            assertThat(corpus.urls(80, 3))
                    .containsExactly(
                            "http://127.0.0.1:80/page0.html",
                            "http://127.0.0.1:80/page1.html",
                            "http://127.0.0.1:80/page0.html?1",
                            "http://127.0.0.1:80/page1.html?1",
                            "http://127.0.0.1:80/page0.html?2",
                            "http://127.0.0.1:80/page1.html?2");
        }
    }

    @Test
    void a_list_of_inputs_has_each_on_a_line_of_its_own_and_their_number_is_told(@TempDir Path folder)
            throws IOException {
        var list = folder.resolve("inputs.txt");

        long count = Command.write(list, IntStream.range(0, 1_000).mapToObj(i -> "http://host/" + i));

        assertThat(count).isEqualTo(1_000);
        assertThat(Files.readAllLines(list)).hasSize(1_000).contains("http://host/0", "http://host/999");
    }
}
