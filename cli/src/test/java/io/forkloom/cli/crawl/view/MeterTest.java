package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.view.Bottleneck.Kind;
import io.forkloom.cli.crawl.view.Gauges.Load;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Gauges PARSE_FULL =
            new Gauges(new Load(64, 64), new Load(4, 4), new Load(0, 8), true, 100, 0, 2, 2, 0.02);
    private static final Gauges LIST_SLOW =
            new Gauges(new Load(0, 64), new Load(0, 4), new Load(0, 8), true, 0, 0, 0, 2, 0.02);

    private final AtomicLong clock = new AtomicLong(17);
    private final Meter meter = new Meter(clock::get);

    private void second(Gauges gauges) {
        clock.addAndGet(SECOND);
        meter.sample(gauges);
    }

    @Test
    void what_the_stages_tell_adds_up() {
        meter.fetched("a.example", 20_000_000, 1_000);
        meter.fetched("", 1_000, 500);
        meter.fetchFailed("b.example", "HTTP status 503");
        meter.fetchFailed("b.example", "HTTP status 503 (2 attempts)");
        meter.parsed("text/html", 2_000_000, 1_000);
        meter.delivered(300, 5_000);
        meter.ended(Meter.COMPLETED, "", "");
        meter.ended("Failed", "fetch", "HTTP status 503 (2 attempts)");
        meter.ended("Failed", "fetch", "HTTP status 503 (3 attempts)");
        meter.ended("Crashed", "parse", "crashed its worker: exit 134 (SIGABRT)");
        meter.skipped("unchanged");
        second(PARSE_FULL);
        var found = meter.findings();

        assertThat(found.nanos()).isEqualTo(SECOND);
        assertThat(found.counts()).isEqualTo(new Findings.Counts(1, 3, 1, 2, 2, 1_500, 300));
        assertThat(found.outcomes())
                .containsExactlyInAnyOrder(
                        new Findings.Named<>("Completed", 1L),
                        new Findings.Named<>("Failed", 2L),
                        new Findings.Named<>("unchanged", 1L),
                        new Findings.Named<>("Crashed", 1L));
        assertThat(found.failures().getFirst())
                .isEqualTo(new Findings.Failures("Failed", "fetch", "HTTP status 503 (N attempts)", 2));
        assertThat(found.latencies().fetch().most()).isEqualTo(20_000_000);
        assertThat(found.sizes().sum()).isEqualTo(1_500);
        assertThat(found.types())
                .containsExactly(new Findings.Named<>("text/html", new TypeFigures(1, 1_000, 2_000_000)));
        assertThat(found.hosts().seen()).as("a file has no host").isEqualTo(2);
        assertThat(found.hosts().busiest()).extracting(Findings.Named::name).containsExactly("a.example");
        assertThat(found.hosts().failing().getFirst().value())
                .isEqualTo(new HostFigures(0, 2, 0, 0, 0, "HTTP status 503 (N attempts)"));
    }

    @Test
    void samples_become_a_timeline_without_gaps_and_nothing_is_counted_twice() {
        for (int i = 0; i < 10; i++) {
            meter.ended(Meter.COMPLETED, "", "");
            second(i < 7 ? PARSE_FULL : LIST_SLOW);
        }
        meter.ended("Failed", "fetch", "refused");
        clock.addAndGet(SECOND);
        var found = meter.findings();

        assertThat(found.timeline()).hasSize(11).allMatch(slice -> slice.nanos() == SECOND);
        assertThat(found.timeline().stream().mapToLong(Slice::done).sum()).isEqualTo(10);
        assertThat(found.timeline().getLast().failed()).isEqualTo(1);
        assertThat(found.held()).extracting(Findings.Held::kind).containsExactly(Kind.PARSE, Kind.SOURCES);
        assertThat(found.held().getFirst().nanos()).isEqualTo(7 * SECOND);
        assertThat(meter.findings().timeline()).as("asking changes nothing").isEqualTo(found.timeline());
    }

    @Test
    void a_moment_does_not_change_the_bottleneck_that_is_told() {
        for (int i = 0; i < 5; i++) {
            second(PARSE_FULL);
        }
        second(LIST_SLOW);
        assertThat(meter.bottleneck().kind()).isEqualTo(Kind.PARSE);
        for (int i = 0; i < 9; i++) {
            second(LIST_SLOW);
        }
        assertThat(meter.bottleneck().kind()).isEqualTo(Kind.SOURCES);
    }

    @Test
    void a_crawl_that_ended_before_the_first_sample_blames_nobody() {
        meter.ended(Meter.COMPLETED, "", "");
        clock.addAndGet(SECOND / 10);

        assertThat(meter.findings().held()).isEmpty();
        assertThat(meter.findings().timeline()).hasSize(1);
    }

    @Test
    void a_million_hosts_types_and_causes_take_no_more_room_than_a_few_thousand() {
        var big = "x".repeat(5_000);
        for (int i = 0; i < 1_000_000; i++) {
            meter.fetched(i + ".example", i, i);
            if (i % 100 == 0) {
                meter.fetchFailed(i + big, big);
                meter.parsed(i + big, 1, 1);
                meter.ended("Failed" + i, "fetch", Integer.toString(i, 36).replaceAll("[0-9]", "x") + big);
            }
        }
        var hosts = meter.findings().hosts();
        assertThat(hosts.complete()).isFalse();
        assertThat(hosts.seen()).isLessThan(2_000);
        assertThat(hosts.slowest().getFirst().name()).as("the slowest of all").isEqualTo("999999.example");
        assertThat(meter.findings().types()).allMatch(type -> type.name().length() <= 100);
    }

    @Test
    void threads_that_count_at_once_lose_nothing() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 10_000; n++) {
                    meter.fetched("host" + n % 7, n, 10);
                    meter.ended(n % 10 == 0 ? "Failed" : Meter.COMPLETED, "fetch", "refused");
                    if (n % 1_000 == 0) {
                        meter.sample(PARSE_FULL);
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        var found = meter.findings();
        assertThat(found.counts().done()).isEqualTo(72_000);
        assertThat(found.counts().failed()).isEqualTo(8_000);
        assertThat(found.latencies().fetch().count()).isEqualTo(80_000);
        assertThat(found.timeline().stream()
                        .mapToLong(slice -> slice.done() + slice.failed())
                        .sum())
                .isEqualTo(80_000);
        assertThat(found.hosts().busiest().stream()
                        .mapToLong(host -> host.value().pages())
                        .sum())
                .isEqualTo(80_000);
    }
}
