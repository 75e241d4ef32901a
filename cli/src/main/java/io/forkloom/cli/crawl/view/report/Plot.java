package io.forkloom.cli.crawl.view.report;

import java.util.function.Consumer;

/**
 * A place to draw, with margins for what its axes say. Each plot is drawn twice, for wide and for narrow windows, of
 * which the style sheet shows one: writing in a drawing that is shrunk cannot be read.
 */
record Plot(Markup page, double width, double height, double left, double right, double top, double bottom) {
    static final double WIDE = 960;
    static final double NARROW = 380;

    /** Draws it twice. What it shows is said to those who do not see it. */
    static void draw(
            Markup page, String title, String description, double height, double left, Consumer<Plot> drawing) {
        for (double width : new double[] {WIDE, NARROW}) {
            var plot = new Plot(page, width, height, left, 12, 26, 42);
            page.open(
                            "svg",
                            "class",
                            width == WIDE ? "wide" : "narrow",
                            "viewBox",
                            "0 0 " + Markup.number(width) + " " + Markup.number(height),
                            "role",
                            "img",
                            "aria-label",
                            title + ". " + description)
                    .line();
            drawing.accept(plot);
            page.close().line();
        }
    }

    /** From a share of the axis, 0 at its left, to a place. */
    double x(double share) {
        return left + share * (width - left - right);
    }

    /** From a share of the axis, 0 at its foot, to a place. */
    double y(double share) {
        return height - bottom - share * (height - top - bottom);
    }

    boolean narrow() {
        return width < WIDE;
    }

    void text(double x, double y, String anchor, String words) {
        page.leaf("text", words, "x", x, "y", y, "text-anchor", anchor);
    }

    /** What an axis shows and in which unit. */
    void unitOfY(String words) {
        text(0, 14, "start", words);
    }

    void unitOfX(String words) {
        text(width - right, height - 5, "end", words);
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        page.empty("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
    }

    void tickOfY(double share, String words) {
        line("grid", x(0), y(share), x(1), y(share));
        text(x(0) - 8, y(share) + 4, "end", words);
    }

    /** The writing at the ends stays inside of the drawing. */
    void tickOfX(double share, String words) {
        line("tick", x(share), y(0), x(share), y(0) + 5);
        text(x(share), y(0) + 18, share > 0.97 ? "end" : "middle", words);
    }

    /** A share of the marks of an axis that do not run into each other. */
    int most(double roomForOne) {
        return (int) Math.max(2, (width - left - right) / roomForOne);
    }
}
