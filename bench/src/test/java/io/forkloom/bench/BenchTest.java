package io.forkloom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.bench.peers.Peers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final KeptReport report = new KeptReport();
    private final Bench bench = new Bench(Scale.TINY, Peers.none(), report);

    /** Gives these values, one for each go. */
    private static Measurement scripted(String name, double... values) {
        return new Measurement() {
            @Override
            public List<Figure> figures() {
                return List.of(new Figure(name, Unit.MILLISECONDS));
            }

            @Override
            public int rounds(Scale scale) {
                return values.length;
            }

            @Override
            public Session open(Scale scale) {
                var next = List.of(Arrays.stream(values).boxed().toArray(Double[]::new))
                        .iterator();
                return () -> new double[] {next.next()};
            }
        };
    }

    @Test
    void the_median_of_all_goes_is_the_row() throws Exception {
        assertThat(bench.run(List.of(scripted("a", 5, 100, 3)))).isTrue();
        assertThat(report.rows()).containsExactly(Row.of("a", 5, Unit.MILLISECONDS));
    }

    @Test
    void a_measurement_that_fails_is_said_and_the_next_is_measured() throws Exception {
        var broken = scripted("broken", Double.NaN);
        assertThat(bench.run(List.of(broken, scripted("whole", 7)))).isFalse();
        assertThat(report.said()).singleElement().asString().startsWith("broken failed: ");
        assertThat(report.rows()).containsExactly(Row.of("whole", 7, Unit.MILLISECONDS));
    }

    @Test
    void a_name_is_a_row_or_the_beginning_of_several() {
        assertThat(Bench.isName("call.noop.p50")).isTrue();
        assertThat(Bench.isName("call")).isTrue();
        assertThat(Bench.isName("cal")).isFalse();
        assertThat(Bench.wanted(List.of("big"))).hasSize(2);
        assertThat(Bench.wanted(List.of("submit.1k", "idle.cpu"))).hasSize(2);
        assertThat(Bench.wanted(List.of())).hasSizeGreaterThan(10);
    }
}
