package io.forkloom.cli.crawl.view.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes HTML and SVG. What is between tags and in attributes is always escaped, so that no name of a host and no
 * message of a server can become markup; there is no way to write it otherwise.
 */
final class Markup {
    private final StringBuilder out = new StringBuilder("<!doctype html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values by turns */
    Markup open(String tag, Object... attributes) {
        begin(tag, attributes).append('>');
        open.push(tag);
        return this;
    }

    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes all that was opened since there were so many open. */
    Markup closeTo(int depth) {
        while (open.size() > depth) {
            close();
        }
        return this;
    }

    int depth() {
        return open.size();
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** An element with nothing but text in it. */
    Markup leaf(String tag, String text, Object... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element that has no end tag in HTML, or is empty in SVG. */
    Markup empty(String tag, Object... attributes) {
        begin(tag, attributes).append("/>");
        return this;
    }

    /** Our own style sheet, which is no text: whoever writes a page knows it by its digest. */
    Markup style(String css) {
        if (css.contains("</")) {
            throw new IllegalArgumentException("a style sheet cannot hold a tag");
        }
        out.append("<style>").append(css).append("</style>");
        return this;
    }

    /** Makes the source of the page readable. */
    Markup line() {
        out.append('\n');
        return this;
    }

    private StringBuilder begin(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            Object value = attributes[i + 1];
            escape(value instanceof Double number ? number(number) : String.valueOf(value));
            out.append('"');
        }
        return out;
    }

    /** Coordinates to a tenth of a pixel. */
    static String number(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append(c);
                default -> out.append(c < ' ' || c == 127 ? '\ufffd' : c);
            }
        }
    }

    /** The whole; all elements are closed. */
    String page() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.append('\n').toString();
    }
}
