package io.forkloom.cli.crawl.parse;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** One walk over the tree of a page, which finds everything on its way. Without recursion: pages can be deep. */
final class HtmlWalk {
    private final @Nullable PageText text;
    private final @Nullable Links links;
    private @Nullable String title;
    private @Nullable String language;
    private @Nullable String languageOfHead;
    private @Nullable Element body;
    private boolean within;

    HtmlWalk(boolean wantsText, boolean wantsWords, @Nullable Links links) {
        this.text = wantsText || wantsWords ? new PageText(wantsText) : null;
        this.links = links;
    }

    void over(Document document) {
        body = document.body();
        Node node = document;
        while (node != null) {
            enter(node);
            Node next = node.firstChild();
            while (next == null && node != null) {
                leave(node);
                next = node.nextSibling();
                node = node.parentNode();
            }
            node = next;
        }
    }

    private void enter(Node node) {
        if (node instanceof TextNode words) {
            if (within && text != null) {
                text.add(words.getWholeText());
            }
        } else if (node instanceof Element element) {
            if (within) {
                if (text != null && (element.isBlock() || element.nameIs("br"))) {
                    text.space();
                }
            } else if (element.equals(body)) {
                within = true;
            } else {
                head(element);
            }
            link(element);
        }
    }

    private void leave(Node node) {
        if (node.equals(body)) {
            within = false;
        } else if (within && text != null && node instanceof Element element && element.isBlock()) {
            text.space();
        }
    }

    private void link(Element element) {
        if (links != null && (element.nameIs("a") || element.nameIs("area"))) {
            String href = element.attributes().getIgnoreCase("href");
            if (!href.isEmpty()) {
                links.add(href);
            }
        }
    }

    private void head(Element element) {
        switch (element.normalName()) {
            case "html" ->
                language = blankToNull(element.hasAttr("lang") ? element.attr("lang") : element.attr("xml:lang"));
            case "title" -> title = title == null ? read(element) : title;
            case "meta" -> {
                if (languageOfHead == null && element.attr("http-equiv").equalsIgnoreCase("content-language")) {
                    languageOfHead = blankToNull(element.attr("content"));
                }
            }
            default -> {}
        }
    }

    private static String read(Element element) {
        var read = new PageText(true);
        read.add(element.wholeText());
        return read.toString();
    }

    @Nullable
    String title() {
        return title == null ? null : blankToNull(title);
    }

    String text() {
        return text == null ? "" : text.toString();
    }

    long words() {
        return text == null ? 0 : text.words();
    }

    List<String> links() {
        return links == null ? List.of() : links.found();
    }

    /** As the page declares it; nothing is guessed. */
    @Nullable
    String language() {
        String declared = language != null ? language : languageOfHead;
        return declared == null ? null : declared.strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
