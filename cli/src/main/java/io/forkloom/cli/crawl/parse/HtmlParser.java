package io.forkloom.cli.crawl.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** HTML as browsers read it, by jsoup: no page is too broken for it. */
final class HtmlParser {
    private HtmlParser() {}

    static Reading parse(Page page) {
        Document document = document(page);
        String text = document.body().text();
        return new Reading(
                empty(document.title()),
                text,
                links(document, page.origin().base()),
                language(document),
                TextParser.words(text));
    }

    static Document document(Page page) {
        // Null: jsoup looks for a mark and for the meta tag. A mark wins over the header there too.
        String charset = Charsets.declared(page.origin().contentType())
                .map(Charset::name)
                .orElse(null);
        try {
            return Jsoup.parse(
                    new ByteArrayInputStream(page.body()),
                    charset,
                    page.origin().base());
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    /** Absolute, without fragments, each once, in the order of the page; only what this command itself would fetch. */
    private static List<String> links(Document document, String base) {
        var links = new LinkedHashSet<String>();
        for (Element anchor : document.select("a[href], area[href]")) {
            String link = anchor.absUrl("href");
            int hash = link.indexOf('#');
            String target = hash < 0 ? link : link.substring(0, hash);
            if (target.regionMatches(true, 0, "http://", 0, 7) || target.regionMatches(true, 0, "https://", 0, 8)) {
                links.add(target);
            }
        }
        // A page's links to its own sections lead nowhere else.
        links.remove(base);
        return List.copyOf(links);
    }

    /** As the page declares it; nothing is guessed. */
    private static @Nullable String language(Document document) {
        Element html = document.selectFirst("html");
        String declared = html == null ? "" : html.hasAttr("lang") ? html.attr("lang") : html.attr("xml:lang");
        if (declared.isBlank()) {
            Element meta = document.selectFirst("meta[http-equiv=content-language]");
            declared = meta == null ? "" : meta.attr("content");
        }
        return empty(declared.strip().toLowerCase(Locale.ROOT));
    }

    private static @Nullable String empty(String text) {
        return text.isBlank() ? null : text;
    }
}
