package io.forkloom.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.crawl.fetch.Hosts;
import io.forkloom.cli.crawl.fetch.Traffic;
import io.forkloom.cli.crawl.frontier.Frontier;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.source.Source;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FeedTest {
    @TempDir
    Path folder;

    private static Source file(int number) {
        return new Source.Local("f" + number, Path.of("/f" + number));
    }

    @Test
    void all_sources_are_in_the_journal_and_the_journal_says_so() throws Exception {
        try (var journal = Journal.create(folder.resolve("journal"))) {
            var frontier = new Frontier(journal, journal.counts(), new Hosts(Traffic.of(1, 1)), false);
            var first = IntStream.range(0, 2_500).mapToObj(FeedTest::file).iterator();
            new Feed(journal, frontier)
                    .run(List.of(first, List.of(file(7), file(2_500)).iterator()));

            assertThat(journal.counts().waiting()).isEqualTo(2_501);
            assertThat(journal.note(Notes.LINES)).contains("2502");
            assertThat(frontier.total()).hasValue(2_501);
        }
    }

    @Test
    void sources_that_fail_end_the_wait_for_more_and_what_was_read_is_kept() throws Exception {
        try (var journal = Journal.create(folder.resolve("journal"))) {
            var frontier = new Frontier(journal, journal.counts(), new Hosts(Traffic.of(1, 1)), false);
            var failing = new Iterator<Source>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Source next() {
                    throw new IllegalStateException("the folder is gone");
                }
            };
            assertThatThrownBy(() -> new Feed(journal, frontier)
                            .run(List.of(List.of(file(1)).iterator(), failing)))
                    .hasStackTraceContaining("the folder is gone");

            assertThat(frontier.hasNext()).isFalse();
            assertThat(journal.counts().waiting()).isEqualTo(1);
            assertThat(journal.note(Notes.LINES)).isEmpty();
        }
    }
}
