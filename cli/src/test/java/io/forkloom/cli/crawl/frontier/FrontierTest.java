package io.forkloom.cli.crawl.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.fetch.Hosts;
import io.forkloom.cli.crawl.fetch.Traffic;
import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.journal.Ending;
import io.forkloom.cli.crawl.journal.Found;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.source.Source;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FrontierTest {
    /** So many at a host at a time. */
    private static Hosts hosts(int most) {
        return new Hosts(Traffic.of(64, most));
    }

    @TempDir
    Path folder;

    private Journal journal;

    @BeforeEach
    void open() {
        journal = Journal.create(folder.resolve("journal"));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static List<Found> pages(String host, int count) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < count; i++) {
            var address = URI.create("http://" + host + "/" + i);
            found.add(Found.named(new Source.Web(address.toString(), address)));
        }
        return found;
    }

    private void end(Frontier frontier, Visit visit, List<Found> links) {
        var done = new Ending.Done(visit.input(), 1, "", Validators.NONE, links);
        frontier.added(journal.end(List.of(done), Map.of()));
        frontier.ended(List.of(visit.input()));
    }

    private static void leave(Visit visit) {
        Objects.requireNonNull(visit.place()).close();
    }

    @Test
    void every_input_comes_once_and_then_it_is_over() {
        journal.add(pages("a.example", 700));
        journal.add(List.of(Found.named(new Source.Local("file", folder.resolve("file")))));
        var frontier = new Frontier(journal, journal.counts(), hosts(1_000), true);
        var seen = new HashSet<String>();
        while (frontier.hasNext()) {
            var visit = frontier.next();
            assertThat(seen.add(visit.input().key())).isTrue();
            if (visit.place() != null) {
                leave(visit);
            }
            end(frontier, visit, List.of());
        }
        assertThat(seen).hasSize(701);
        assertThat(journal.counts().waiting()).isZero();
    }

    @Test
    void more_hosts_than_can_be_at_work_have_their_turns_all_the_same() {
        int hosts = Frontier.ACTIVE + 500;
        var frontier = new Frontier(journal, journal.counts(), hosts(1), false);
        for (int i = 0; i < hosts; i++) {
            frontier.added(journal.add(pages("h" + i + ".example", 2)));
        }
        frontier.sourcesRead();
        var visits = new HashMap<String, Integer>();
        while (frontier.hasNext()) {
            var visit = frontier.next();
            visits.merge(visit.input().host(), 1, Integer::sum);
            leave(visit);
            end(frontier, visit, List.of());
        }
        assertThat(visits)
                .hasSize(hosts)
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(2));
    }

    @Test
    void a_host_that_is_busy_holds_up_no_other() {
        journal.add(pages("a.example", 5));
        journal.add(pages("b.example", 1));
        var frontier = new Frontier(journal, journal.counts(), hosts(1), true);
        assertThat(List.of(
                        frontier.next().input().host(), frontier.next().input().host()))
                .containsExactlyInAnyOrder("a.example:80", "b.example:80");
        assertThat(frontier.waiting().inputs()).isEqualTo(4);
    }

    @Test
    void who_waits_for_a_busy_host_goes_on_when_somebody_leaves() throws Exception {
        journal.add(pages("a.example", 2));
        var frontier = new Frontier(journal, journal.counts(), hosts(1), true);
        var first = frontier.next();
        var second = new ArrayList<Visit>();
        var thread = Thread.ofVirtual().start(() -> second.add(frontier.next()));
        leave(first);
        thread.join();
        assertThat(second).extracting(visit -> visit.input().key()).containsExactly("http://a.example/1");
    }

    @Test
    void an_attempt_that_failed_comes_again_and_the_journal_calls_it_waiting() {
        journal.add(pages("a.example", 1));
        var frontier = new Frontier(journal, journal.counts(), hosts(9), true);
        var first = frontier.next();
        leave(first);
        frontier.again(first, Duration.ofMillis(1));
        var again = frontier.next();
        assertThat(again.input()).isEqualTo(first.input());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(journal.counts().waiting()).isEqualTo(1);
        end(frontier, again, List.of());
        assertThat(frontier.hasNext()).isFalse();
    }

    @Test
    void links_are_inputs_also_of_hosts_that_were_over() {
        journal.add(pages("a.example", 1));
        var frontier = new Frontier(journal, journal.counts(), hosts(9), true);
        var visit = frontier.next();
        leave(visit);
        end(
                frontier,
                visit,
                List.of(
                        Found.link(visit.input(), URI.create("http://a.example/next")),
                        Found.link(visit.input(), URI.create("http://a.example/0"))));
        var next = frontier.next();
        assertThat(next.input().key()).isEqualTo("http://a.example/next");
        assertThat(next.input().depth()).isEqualTo(1);
        end(frontier, next, List.of());
        assertThat(frontier.hasNext()).isFalse();
    }

    @Test
    void it_waits_for_sources_that_are_still_read_and_ends_with_them() throws Exception {
        var frontier = new Frontier(journal, journal.counts(), hosts(9), false);
        var begun = new CountDownLatch(1);
        var answers = new ArrayList<Boolean>();
        var thread = Thread.ofVirtual().start(() -> {
            begun.countDown();
            answers.add(frontier.hasNext());
        });
        begun.await();
        frontier.sourcesRead();
        thread.join();
        assertThat(answers).containsExactly(false);
    }

    @Test
    void closing_it_ends_the_wait() throws Exception {
        var frontier = new Frontier(journal, journal.counts(), hosts(9), false);
        var answers = new ArrayList<Boolean>();
        var thread = Thread.ofVirtual().start(() -> answers.add(frontier.hasNext()));
        frontier.close();
        thread.join();
        assertThat(answers).containsExactly(false);
    }
}
