package io.forkloom.cli.crawl.view.report;

import java.util.List;

/** Tables of a page: what is a number stands at the right, and a bar may show it. */
final class Tables {
    private Tables() {}

    /** A head for each column; of numbers it begins with {@link #NUMBER}. */
    static final char NUMBER = '#';

    /** One cell: words; the share of the largest, where a bar is to show it; the style of a coloured sign, or nothing. */
    record Cell(String words, double bar, String sign) {
        static Cell of(String words) {
            return new Cell(words, -1, "");
        }

        static Cell bar(String words, double value, double most) {
            return new Cell(words, most <= 0 ? 0 : value / most, "");
        }

        static Cell bar(String words, long value, long most) {
            return bar(words, (double) value, (double) most);
        }

        /** With the colour that it has in the plot above. */
        static Cell signed(String words, String style) {
            return new Cell(words, -1, style);
        }
    }

    /** @param style of the bars */
    static void write(Markup page, String caption, List<String> heads, List<List<Cell>> rows, String style) {
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption)
                .open("table")
                .leaf("caption", caption)
                .open("thead")
                .open("tr");
        for (String head : heads) {
            boolean number = isNumber(head);
            page.leaf("th", number ? head.substring(1) : head, "scope", "col", "class", number ? "number" : "words");
        }
        page.close().close().open("tbody").line();
        for (var row : rows) {
            page.open("tr");
            for (int column = 0; column < heads.size(); column++) {
                cell(page, row.get(column), column == 0, isNumber(heads.get(column)), style);
            }
            page.close().line();
        }
        page.close().close().close().line();
    }

    private static void cell(Markup page, Cell cell, boolean first, boolean number, String style) {
        page.open(first ? "th" : "td", "class", number ? "number" : "words");
        if (!cell.sign().isEmpty()) {
            HtmlReport.sign(page, cell.sign());
        }
        // A name from elsewhere cannot turn the direction of what stands around it.
        page.leaf("bdi", cell.words());
        if (cell.bar() >= 0) {
            page.open(
                            "svg",
                            "class",
                            "bar",
                            "viewBox",
                            "0 0 100 4",
                            "preserveAspectRatio",
                            "none",
                            "aria-hidden",
                            "true")
                    .empty("rect", "class", "rail", "width", "100", "height", "4")
                    .empty("rect", "class", style, "width", 100 * cell.bar(), "height", "4")
                    .close();
        }
        page.close();
    }

    private static boolean isNumber(String head) {
        return head.charAt(0) == NUMBER;
    }
}
