package io.forkloom.bench.plot;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Lines over two logarithmic axes, as SVG: sizes in powers of two to the right, values in powers of ten upwards. Drawn on
 * white, so that it can be read whatever is around it.
 */
final class Chart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 80;
    private static final int RIGHT = 130;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;

    /** Told apart by people who see few colours, too (Okabe and Ito). */
    private static final List<String> COLOURS = List.of("#d55e00", "#000000", "#0072b2", "#009e73", "#cc79a7");

    /** One value at one size. */
    record Point(double size, double value) {}

    private record Line(String name, List<Point> points) {}

    private final String title;
    private final String unit;
    private final List<Line> lines = new ArrayList<>();

    Chart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    void add(String name, List<Point> points) {
        lines.add(new Line(name, List.copyOf(points)));
    }

    String svg() {
        var points = lines.stream().flatMap(line -> line.points().stream()).toList();
        double least = floor(points.stream().mapToDouble(Point::value).min().orElse(1));
        double most = floor(points.stream().mapToDouble(Point::value).max().orElse(10)) * 10;
        double narrow = points.stream().mapToDouble(Point::size).min().orElse(1);
        double wide = Math.max(
                2 * narrow, points.stream().mapToDouble(Point::size).max().orElse(2));
        DoubleUnaryOperator x = size -> LEFT + (WIDTH - LEFT - RIGHT) * share(size, narrow, wide);
        DoubleUnaryOperator y = value -> HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share(value, least, most);
        var svg = new Formatter(Locale.ROOT);
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT);
        svg.format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", WIDTH, HEIGHT);
        text(svg, LEFT, TOP - 25, "start", "#000000", title + " (" + unit + ")");
        for (double value = least; value <= most * 1.01; value *= 10) {
            rule(svg, LEFT, y.applyAsDouble(value), WIDTH - RIGHT, y.applyAsDouble(value));
            text(svg, LEFT - 8, y.applyAsDouble(value) + 4, "end", "#444444", number(value));
        }
        for (double size = narrow; size <= wide * 1.01; size *= 16) {
            rule(svg, x.applyAsDouble(size), TOP, x.applyAsDouble(size), HEIGHT - BOTTOM);
            text(svg, x.applyAsDouble(size), HEIGHT - BOTTOM + 18, "middle", "#444444", bytes(size));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "#444444", "payload, there and back");
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, i, x, y);
        }
        return svg.format("</svg>%n").toString();
    }

    private void draw(Formatter svg, int index, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        var line = lines.get(index);
        String colour = COLOURS.get(index % COLOURS.size());
        svg.format("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
        for (var point : line.points()) {
            svg.format("%.1f,%.1f ", x.applyAsDouble(point.size()), y.applyAsDouble(point.value()));
        }
        svg.format("\"/>%n");
        for (var point : line.points()) {
            svg.format(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                    x.applyAsDouble(point.size()), y.applyAsDouble(point.value()), colour);
        }
        int row = TOP + 10 + 20 * index;
        svg.format(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                WIDTH - RIGHT + 12, row - 4, WIDTH - RIGHT + 30, row - 4, colour);
        text(svg, WIDTH - RIGHT + 36, row, "start", "#000000", line.name());
    }

    private static void rule(Formatter svg, double x1, double y1, double x2, double y2) {
        svg.format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n", x1, y1, x2, y2);
    }

    private static void text(Formatter svg, double x, double y, String anchor, String colour, String words) {
        svg.format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour, words);
    }

    /** The power of ten at or below. */
    private static double floor(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }

    private static double share(double value, double least, double most) {
        return Math.log(value / least) / Math.log(most / least);
    }

    private static String bytes(double size) {
        return size < 1 << 10
                ? number(size) + " B"
                : size < 1 << 20 ? number(size / (1 << 10)) + " KiB" : number(size / (1 << 20)) + " MiB";
    }

    private static String number(double value) {
        return value < 1 ? Double.toString(value) : String.format(Locale.ROOT, "%,.0f", value);
    }
}
