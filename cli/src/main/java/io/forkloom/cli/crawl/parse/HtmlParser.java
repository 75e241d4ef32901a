package io.forkloom.cli.crawl.parse;

import java.util.List;
import org.jsoup.nodes.Document;

/** HTML as browsers read it, by jsoup: no page is too broken for it. Its tree is walked once, for all fields. */
final class HtmlParser implements Parser {
    private final boolean text;
    private final boolean links;

    HtmlParser(Settings settings) {
        text = settings.flag("text", true);
        links = settings.flag("links", true);
    }

    @Override
    public Reading parse(Page page, Wanted wanted) {
        var document = document(page);
        boolean wantsText = text && wanted.field("text");
        boolean wantsLinks = links && wanted.field("links");
        var walk = new HtmlWalk(
                wantsText,
                wanted.field("words"),
                wantsLinks || wanted.links()
                        ? new Links(document.baseUri(), page.origin().base())
                        : null);
        walk.over(document);
        return new Reading()
                .with("title", walk.title())
                .with("text", wantsText ? walk.text() : null)
                .with("links", wantsLinks ? walk.links() : null)
                .with("language", walk.language())
                .with("words", wanted.field("words") ? walk.words() : null)
                .leadingTo(wanted.links() ? walk.links() : List.of());
    }

    static Document document(Page page) {
        return org.jsoup.parser.Parser.htmlParser()
                .parseInput(Charsets.decodeMarkup(page), page.origin().base());
    }
}
