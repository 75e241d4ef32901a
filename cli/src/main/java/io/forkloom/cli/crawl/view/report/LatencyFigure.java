package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Distribution;
import io.forkloom.cli.crawl.view.Findings;
import java.util.ArrayList;
import java.util.List;

/** How long a page took in each stage: a hill for each, over one axis of time that grows by tens. */
final class LatencyFigure {
    private static final double ROW = 74;
    private static final double[] SHARES = {0.5, 0.9, 0.99};
    private static final String[] NAMES = {"p50", "p90", "p99"};
    private static final double[] UNITS = {1, 1e3, 1e6, 1e9};

    private record Stage(String name, Distribution times) {}

    private final List<Stage> stages;
    /** Powers of ten, in nanoseconds. */
    private final int least;

    private final int most;

    LatencyFigure(Findings.Latencies latencies) {
        stages = List.of(
                new Stage("fetch", latencies.fetch()),
                new Stage("parse", latencies.parse()),
                new Stage("deliver", latencies.deliver()));
        least = shown().stream()
                .mapToInt(stage -> (int) Math.floor(Math.log10(
                        Math.max(1.0, (double) stage.times.bars(4).getFirst().low()))))
                .min()
                .orElse(6);
        most = Math.max(
                least + 1,
                shown().stream()
                        .mapToInt(stage -> (int) Math.ceil(Math.log10(Math.max(1.0, (double) stage.times.most()))))
                        .max()
                        .orElse(9));
    }

    private List<Stage> shown() {
        return stages.stream().filter(stage -> stage.times.count() > 0).toList();
    }

    void write(Markup page) {
        if (!shown().isEmpty()) {
            page.open("figure");
            Plot.draw(
                    page,
                    "Time for a page in each stage",
                    "The table below has the figures.",
                    72 + ROW * shown().size(),
                    64,
                    this::hills);
            page.close();
        }
        var rows = new ArrayList<List<Tables.Cell>>();
        for (var stage : stages) {
            rows.add(List.of(
                    Tables.Cell.of(stage.name),
                    Tables.Cell.of(Figures.count(stage.times.count())),
                    time(stage.times.quantile(0.5)),
                    time(stage.times.quantile(0.9)),
                    time(stage.times.quantile(0.99)),
                    time(stage.times.most())));
        }
        Tables.write(
                page,
                "Time for a page; deliver: for a write to all sinks",
                List.of("stage", "#count", "#p50", "#p90", "#p99", "#max"),
                rows,
                "done");
    }

    private static Tables.Cell time(long nanos) {
        return Tables.Cell.of(Figures.time(nanos));
    }

    private void hills(Plot plot) {
        int each = Math.max(1, (int) Math.ceil((most - least) / (double) plot.most(56)));
        for (int power = least; power <= most; power++) {
            double x = plot.x(share(Math.pow(10, power)));
            plot.line("grid", x, plot.top(), x, plot.y(0));
            if ((most - power) % each == 0) {
                plot.tickOfX(share(Math.pow(10, power)), words(power));
            }
        }
        plot.unitOfX("time, growing by tens");
        for (int row = 0; row < shown().size(); row++) {
            hill(plot, shown().get(row), plot.top() + ROW * (row + 1));
        }
    }

    private void hill(Plot plot, Stage stage, double foot) {
        var bars = stage.times.bars(4);
        double highest =
                bars.stream().mapToDouble(bar -> (double) bar.count()).max().orElse(1);
        double height = ROW - 24;
        var path = new StringBuilder("M").append(place(x(plot, bars.getFirst().low()), foot));
        for (var bar : bars) {
            double y = foot - height * (double) bar.count() / highest;
            path.append('L').append(place(x(plot, bar.low()), y));
            path.append('L').append(place(x(plot, bar.high()), y));
        }
        path.append('L').append(place(x(plot, bars.getLast().high()), foot)).append('Z');
        plot.page().empty("path", "class", "area " + stage.name, "d", path);
        plot.line("axis", plot.x(0), foot, plot.x(1), foot);
        plot.text(0, foot - 4, "start", stage.name);
        marks(plot, stage, foot, height);
    }

    /** Their names only where they do not run into each other. */
    private void marks(Plot plot, Stage stage, double foot, double height) {
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < SHARES.length; i++) {
            long value = stage.times.quantile(SHARES[i]);
            double x = x(plot, value);
            plot.line("mark", x, foot, x, foot - height - 4);
            if (x - free >= 28) {
                plot.page()
                        .leaf(
                                "text",
                                NAMES[i],
                                "class",
                                "small",
                                "x",
                                x,
                                "y",
                                foot - height - 8,
                                "text-anchor",
                                "middle");
                free = x;
            }
        }
    }

    private double x(Plot plot, long nanos) {
        return plot.x(share((double) nanos));
    }

    private double share(double nanos) {
        return Math.clamp((Math.log10(Math.max(1, nanos)) - least) / (most - least), 0, 1);
    }

    private static String words(int power) {
        double nanos = Math.pow(10, power);
        String[] names = {"ns", "µs", "ms", "s"};
        int unit = Math.min(3, power / 3);
        return Figures.count(Math.round(nanos / UNITS[unit])) + " " + names[unit];
    }

    private static String place(double x, double y) {
        return Markup.number(x) + " " + Markup.number(y);
    }
}
