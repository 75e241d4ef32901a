package io.forkloom.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.bench.Bench;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Report;
import io.forkloom.bench.Row;
import io.forkloom.bench.Scale;
import io.forkloom.bench.peers.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of {@code forkloom bench crawl} that this module is needed for, as small as can be. */
@Timeout(180)
class CrawlBenchIT {
    static List<Measurement> measurements() {
        return Bench.wanted(List.of("crawl"));
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void a_measurement_of_the_whole_command_gives_its_figures(Measurement measurement) throws Exception {
        var rows = new ArrayList<Row>();
        var said = new ArrayList<String>();
        var report = new Report() {
            @Override
            public void row(Row row) {
                rows.add(row);
            }

            @Override
            public void say(String line) {
                said.add(line);
            }
        };

        try (var peers = Peers.find(Optional.empty(), _ -> {})) {
            assertThat(new Bench(Scale.TINY, peers, report).run(List.of(measurement)))
                    .as(said.toString())
                    .isTrue();
        }

        assertThat(said)
                .as("nothing but its note: no peer has failed")
                .containsExactlyElementsOf(measurement.note(Scale.TINY).stream().toList());
        for (var figure : measurement.figures()) {
            assertThat(rows).anySatisfy(row -> {
                assertThat(row.name()).isEqualTo(figure.name());
                assertThat(row.value()).isPositive();
            });
        }
    }
}
