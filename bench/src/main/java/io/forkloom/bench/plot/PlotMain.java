package io.forkloom.bench.plot;

import io.forkloom.bench.Bench;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Report;
import io.forkloom.bench.Row;
import io.forkloom.bench.Scale;
import io.forkloom.bench.peers.Peers;
import io.forkloom.bench.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Measures echoes of more and more bytes, ours and the peers' in turn, and draws {@code latency.svg} and
 * {@code throughput.svg}.
 */
public final class PlotMain {
    private static final int LEAST = 16;
    private static final int STEP = 4;
    private static final int MEBIBYTE = 1 << 20;

    private PlotMain() {}

    /** As {@code FOLDER [PYTHON]}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of(args[0]));
        var python = args.length > 1 && !args[1].isBlank() ? Optional.of(args[1]) : Optional.<String>empty();
        try (var peers = Peers.find(python, PlotMain::print)) {
            draw(folder, Scale.FULL, peers);
        }
    }

    static void draw(Path folder, Scale scale, Peers peers) throws IOException, InterruptedException {
        var latency = new Chart("Latency: the median of echoes, one after the other", "us");
        sweep(scale, peers, scale.of(64 * MEBIBYTE, LEAST * STEP), Rows::latency, (size, value) -> value)
                .forEach(latency::add);
        Files.writeString(folder.resolve("latency.svg"), latency.svg());
        var throughput = new Chart("Throughput: echoes that are submitted all at once", "MB/s");
        sweep(scale, peers, scale.of(4 * MEBIBYTE, LEAST * STEP), Rows::throughput, (size, value) -> size * value / 1e6)
                .forEach(throughput::add);
        Files.writeString(folder.resolve("throughput.svg"), throughput.svg());
    }

    /** What is drawn of a value that was measured at a size. */
    @FunctionalInterface
    private interface Scaling {
        double apply(int size, double value);
    }

    private static Map<String, List<Chart.Point>> sweep(
            Scale scale, Peers peers, int most, IntFunction<Measurement> of, Scaling scaling)
            throws InterruptedException {
        var lines = new LinkedHashMap<String, List<Chart.Point>>();
        for (int size = LEAST; size <= most; size *= STEP) {
            int at = size;
            var points = new Report() {
                @Override
                public void row(Row row) {
                    if (!row.name().startsWith("ratio.")) {
                        lines.computeIfAbsent(line(row.name()), name -> new ArrayList<>())
                                .add(new Chart.Point(at, scaling.apply(at, row.value())));
                    }
                }

                @Override
                public void say(String line) {
                    print(line);
                }
            };
            new Bench(scale, peers, points).run(List.of(of.apply(size)));
        }
        return lines;
    }

    private static String line(String row) {
        return row.startsWith("peer.") ? row.substring(row.lastIndexOf('.') + 1) : "forkloom";
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }
}
