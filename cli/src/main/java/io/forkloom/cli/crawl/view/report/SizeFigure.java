package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Distribution;
import java.util.List;

/** How large pages were: a bar for each doubling. */
final class SizeFigure {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private final Distribution sizes;
    private final List<Distribution.Bar> bars;

    SizeFigure(Distribution sizes) {
        this.sizes = sizes;
        this.bars = sizes.bars(1);
    }

    void write(Markup page) {
        page.open("figure");
        Plot.draw(
                page,
                "Sizes of pages",
                "Half of them have at most " + Figures.bytes(sizes.quantile(0.5)) + ".",
                230,
                52,
                this::draw);
        page.close();
        Tables.write(
                page,
                "Sizes of pages and files as received",
                List.of("#count", "#sum", "#mean", "#p50", "#p90", "#p99", "#max"),
                List.of(List.of(
                        Tables.Cell.of(Figures.count(sizes.count())),
                        size(sizes.sum()),
                        size(Math.round(sizes.mean())),
                        size(sizes.quantile(0.5)),
                        size(sizes.quantile(0.9)),
                        size(sizes.quantile(0.99)),
                        size(sizes.most()))),
                "done");
    }

    private static Tables.Cell size(long bytes) {
        return Tables.Cell.of(Figures.bytes(bytes));
    }

    private void draw(Plot plot) {
        var ticks = Ticks.upTo(
                bars.stream().mapToDouble(bar -> (double) bar.count()).max().orElse(1));
        double top = ticks.getLast().value();
        plot.unitOfY("pages");
        ticks.forEach(tick -> plot.tickOfY(tick.value() / top, tick.words()));
        double width = 1.0 / bars.size();
        int each = Math.max(1, (int) Math.ceil(bars.size() / (double) plot.most(62)));
        for (int i = 0; i < bars.size(); i++) {
            var bar = bars.get(i);
            double x = plot.x(i * width);
            double wide = plot.x((i + 1) * width) - x;
            double y = plot.y((double) bar.count() / top);
            double gap = Math.min(4, wide / 8);
            plot.page()
                    .open(
                            "rect",
                            "class",
                            "size",
                            "x",
                            x + gap / 2,
                            "y",
                            y,
                            "width",
                            wide - gap,
                            "height",
                            plot.y(0) - y)
                    .leaf(
                            "title",
                            Figures.count(bar.count()) + " from " + words(bar.low()) + " to " + words(bar.high()))
                    .close();
            if (i % each == 0) {
                plot.tickOfX(i * width, words(bar.low()));
            }
        }
        plot.line("axis", plot.x(0), plot.y(0), plot.x(1), plot.y(0));
        plot.unitOfX("size, growing by doubling");
    }

    /** Of powers of two, which a bar begins with; below 16 bytes it is each number. */
    private static String words(long bytes) {
        int unit = Math.min(UNITS.length - 1, (63 - Long.numberOfLeadingZeros(Math.max(1, bytes))) / 10);
        return (bytes >> (10 * unit)) + " " + UNITS[unit];
    }
}
