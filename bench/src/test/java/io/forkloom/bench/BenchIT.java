package io.forkloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.bench.peers.Peer;
import io.forkloom.bench.peers.Peers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each measurement once, as small as can be, with the peers that this machine has. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchIT {
    private final KeptReport found = new KeptReport();
    private Peers peers = Peers.none();

    @BeforeAll
    void find() throws IOException {
        peers = Peers.find(Optional.empty(), found::say);
    }

    @AfterAll
    void close() {
        peers.close();
    }

    static List<Measurement> measurements() {
        // The command is not on this module's class path: CrawlBenchIT is where it is.
        return Bench.wanted(List.of()).stream()
                .filter(each -> !each.figures().getFirst().name().startsWith("crawl."))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void a_measurement_gives_its_figures_and_a_ratio_to_each_peer_that_is_there(Measurement measurement)
            throws Exception {
        var report = new KeptReport();

        boolean all = new Bench(Scale.TINY, peers, report).run(List.of(measurement));

        assertThat(report.said())
                .containsExactlyElementsOf(measurement.note(Scale.TINY).stream().toList());
        assertThat(all).isTrue();
        for (var figure : measurement.figures()) {
            assertThat(report.value(figure.name())).isNotNegative();
        }
        var first = measurement.figures().getFirst().name();
        var work = measurement.peers(Scale.TINY);
        for (Peer peer : peers.among(work.map(Measurement.PeerWork::names).orElse(List.of()))) {
            assertThat(report.value("peer." + first + "." + peer.name())).isPositive();
            assertThat(report.value("ratio." + first + "." + peer.name())).isPositive();
        }
    }

    @Test
    void each_peer_is_there_with_its_version_or_said_to_be_absent() {
        for (String name : List.of(
                "c",
                "ppe",
                "asyncio",
                "mp",
                "loky",
                "uvloop",
                "aiohttp",
                "lxml",
                "html.parser",
                "pillow.lanczos",
                "pillow.bilinear")) {
            assertThat(found.said())
                    .filteredOn(line -> line.matches("peers? .*\\b" + name + "\\b.*"))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("peer " + name + ": ") || line.contains(" absent: "));
        }
    }

    @Test
    void a_python_that_is_not_there_is_said_and_the_rest_is_measured() throws Exception {
        var report = new KeptReport();
        try (var none = Peers.find(Optional.of("/none/python3 -u"), report::say)) {
            assertThat(report.said())
                    .filteredOn(line -> line.contains("ppe"))
                    .singleElement()
                    .asString()
                    .contains("absent")
                    .contains("/none/python3");
            assertThat(none.among(List.of("ppe", "asyncio", "mp", "loky", "uvloop", "aiohttp")))
                    .isEmpty();
        }
    }
}
