package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Bottleneck;
import io.forkloom.cli.crawl.view.Findings;
import io.forkloom.cli.crawl.view.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How many inputs a second ended, over time, and which stage was full then. */
final class ThroughputFigure {
    private static final int ROWS = 24;

    private final List<Slice> slices;
    private final double seconds;

    /** Begins and ends of all slices, as shares of the whole: one more than there are slices. */
    private final double[] edges;

    ThroughputFigure(Findings findings) {
        slices = findings.timeline();
        edges = new double[slices.size() + 1];
        double sum = 0;
        for (int i = 0; i < slices.size(); i++) {
            sum += (double) slices.get(i).nanos();
            edges[i + 1] = sum;
        }
        double all = Math.max(1, sum);
        for (int i = 0; i < edges.length; i++) {
            edges[i] /= all;
        }
        seconds = all / 1e9;
    }

    void write(Markup page) {
        double most = slices.stream()
                .mapToDouble(slice -> slice.perSecond(slice.ended()))
                .max()
                .orElse(1);
        page.open("figure").open("p", "class", "legend");
        HtmlReport.key(page, "done", "done");
        HtmlReport.key(page, "failed", "failed");
        if (slices.stream().anyMatch(slice -> slice.skipped() > 0)) {
            HtmlReport.key(page, "neutral", "skipped");
        }
        page.close();
        String words = String.format(
                Locale.ROOT, "At most %s inputs a second.", Figures.rate(most).replace("/s", ""));
        Plot.draw(page, "Throughput over time", words, 250, 52, plot -> throughput(plot, most));
        page.close();
    }

    private void throughput(Plot plot, double most) {
        var ticks = Ticks.upTo(most);
        double top = ticks.getLast().value();
        plot.unitOfY("inputs a second");
        ticks.forEach(tick -> plot.tickOfY(tick.value() / top, tick.words()));
        // From the foot upwards: failures, which are few as a rule, can be seen there.
        ToDoubleFunction<Slice> failed = slice -> slice.perSecond(slice.failed()) / top;
        ToDoubleFunction<Slice> done = slice -> slice.perSecond(slice.failed() + slice.done()) / top;
        ToDoubleFunction<Slice> all = slice -> slice.perSecond(slice.ended()) / top;
        area(plot, "area neutral", all, done);
        area(plot, "area done", done, failed);
        area(plot, "area failed", failed, _ -> 0);
        time(plot);
    }

    /** Through the middle of each slice: steps would show more than was measured. */
    private void area(Plot plot, String style, ToDoubleFunction<Slice> upper, ToDoubleFunction<Slice> lower) {
        var path = new StringBuilder("M");
        path.append(place(plot, 0, upper.applyAsDouble(slices.getFirst())));
        for (int i = 0; i < slices.size(); i++) {
            path.append('L').append(place(plot, middle(i), upper.applyAsDouble(slices.get(i))));
        }
        path.append('L').append(place(plot, 1, upper.applyAsDouble(slices.getLast())));
        path.append('L').append(place(plot, 1, lower.applyAsDouble(slices.getLast())));
        for (int i = slices.size() - 1; i >= 0; i--) {
            path.append('L').append(place(plot, middle(i), lower.applyAsDouble(slices.get(i))));
        }
        path.append('L').append(place(plot, 0, lower.applyAsDouble(slices.getFirst())));
        plot.page().empty("path", "class", style, "d", path.append('Z'));
    }

    private double middle(int slice) {
        return (edges[slice] + edges[slice + 1]) / 2;
    }

    private static String place(Plot plot, double x, double y) {
        return Markup.number(plot.x(x)) + " " + Markup.number(plot.y(y));
    }

    private void time(Plot plot) {
        plot.line("axis", plot.x(0), plot.y(0), plot.x(1), plot.y(0));
        Ticks.ofTime(seconds, plot.most(80)).forEach(tick -> plot.tickOfX(tick.value() / seconds, tick.words()));
        plot.unitOfX(Ticks.unitOfTime(seconds));
    }

    /** How full the stages were, and below it a ribbon of what held up the crawl. */
    void writeLoad(Markup page) {
        page.open("figure").open("p", "class", "legend");
        HtmlReport.key(page, "fetch", "fetch");
        HtmlReport.key(page, "parse", "parse");
        HtmlReport.key(page, "deliver", "deliver");
        page.close();
        Plot.draw(page, "How full the stages were over time", "The table below has the shares.", 200, 52, this::load);
        page.close();
    }

    private void load(Plot plot) {
        plot.unitOfY("full, %");
        for (int percent = 0; percent <= 100; percent += 50) {
            plot.tickOfY(percent / 100.0, String.valueOf(percent));
        }
        stage(plot, "line fetch", slice -> slice.fill().fetch());
        stage(plot, "line parse", slice -> slice.fill().parse());
        stage(plot, "line deliver", slice -> slice.fill().deliver());
        time(plot);
    }

    private void stage(Plot plot, String style, ToDoubleFunction<Slice> value) {
        var path = new StringBuilder("M").append(place(plot, 0, value.applyAsDouble(slices.getFirst())));
        for (int i = 0; i < slices.size(); i++) {
            path.append('L').append(place(plot, middle(i), value.applyAsDouble(slices.get(i))));
        }
        path.append('L').append(place(plot, 1, value.applyAsDouble(slices.getLast())));
        plot.page().empty("path", "class", style, "d", path);
    }

    /** What held up the crawl, as a ribbon below the plots of the same width. */
    void writeRibbon(Markup page) {
        page.open("figure");
        for (double width : new double[] {Plot.WIDE, Plot.NARROW}) {
            var plot = new Plot(page, width, 34, 52, 12, 0, 0);
            page.open(
                            "svg",
                            "class",
                            plot.narrow() ? "narrow" : "wide",
                            "viewBox",
                            "0 0 " + Markup.number(width) + " 34")
                    .empty(
                            "rect",
                            "class",
                            "rail",
                            "x",
                            plot.x(0),
                            "y",
                            4,
                            "width",
                            plot.x(1) - plot.x(0),
                            "height",
                            26)
                    .line();
            ribbon(plot);
            page.close().line();
        }
        page.close();
    }

    private void ribbon(Plot plot) {
        int begin = 0;
        for (int i = 1; i <= slices.size(); i++) {
            var kind = slices.get(begin).mostHeld();
            if (i < slices.size() && slices.get(i).mostHeld().equals(kind)) {
                continue;
            }
            if (kind.isPresent()) {
                double x = plot.x(edges[begin]);
                double width = Math.max(1, plot.x(edges[i]) - x);
                String words = kind.get().brief();
                plot.page()
                        .open(
                                "rect",
                                "class",
                                HtmlReport.style(kind.get()),
                                "x",
                                x,
                                "y",
                                4,
                                "width",
                                width,
                                "height",
                                26)
                        .leaf("title", words)
                        .close();
                if (width > 8.5 * words.length()) {
                    plot.page()
                            .leaf("text", words, "class", "on", "x", x + width / 2, "y", 21, "text-anchor", "middle");
                }
            }
            begin = i;
        }
    }

    /** The same for those who want numbers: neighbours are put together, so that the table can be read. */
    void writeTable(Markup page) {
        int each = (slices.size() + ROWS - 1) / ROWS;
        var rows = new ArrayList<List<Tables.Cell>>();
        for (int begin = 0; begin < slices.size(); begin += each) {
            var slice = slices.subList(begin, Math.min(slices.size(), begin + each)).stream()
                    .reduce(Slice::plus)
                    .orElseThrow();
            rows.add(List.of(
                    Tables.Cell.of(Ticks.clock(edges[begin] * seconds, seconds)),
                    Tables.Cell.of(Figures.rate(slice.perSecond(slice.done()))),
                    Tables.Cell.of(Figures.rate(slice.perSecond(slice.failed()))),
                    Tables.Cell.of(Figures.bytes(slice.perSecond(slice.bytes())) + "/s"),
                    Tables.Cell.of(Figures.share(slice.fill().fetch())),
                    Tables.Cell.of(Figures.share(slice.fill().parse())),
                    Tables.Cell.of(Figures.share(slice.fill().deliver())),
                    Tables.Cell.of(slice.mostHeld().map(Bottleneck.Kind::brief).orElse(""))));
        }
        Tables.write(
                page,
                "Over time",
                List.of(
                        "from",
                        "#done",
                        "#failed",
                        "#fetched",
                        "#fetch full",
                        "#parse full",
                        "#deliver full",
                        "bottleneck"),
                rows,
                "done");
    }
}
