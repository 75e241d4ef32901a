package io.forkloom.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.bench.Scale;
import io.forkloom.bench.peers.Peers;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlotIT {
    @TempDir
    Path folder;

    @Test
    void two_plots_are_drawn_with_a_line_and_its_points() throws Exception {
        try (var none = Peers.none()) {
            PlotMain.draw(folder, Scale.TINY, none);
        }
        for (String name : List.of("latency.svg", "throughput.svg")) {
            var svg = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve(name).toFile());
            assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(1);
            assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
        }
    }

    @Test
    void a_value_ten_times_as_large_stands_one_line_higher() {
        var chart = new Chart("Title", "us");
        chart.add("ours", List.of(new Chart.Point(16, 10), new Chart.Point(64, 100)));
        chart.add("theirs", List.of(new Chart.Point(16, 999)));

        assertThat(chart.svg())
                .contains(">10<", ">100<", ">1,000<", ">16 B<", ">ours<", ">theirs<")
                .contains("points=\"80.0,390.0 630.0,220.0 \"");
    }
}
