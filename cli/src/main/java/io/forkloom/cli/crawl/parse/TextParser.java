package io.forkloom.cli.crawl.parse;

/** Plain text: counts its words. */
final class TextParser implements Parser {
    private final boolean text;

    TextParser(Settings settings) {
        text = settings.flag("text", false);
    }

    @Override
    public Reading parse(Page page, Wanted wanted) {
        String decoded = Charsets.decode(page);
        var reading = new Reading();
        if (text) {
            reading.with("text", decoded);
        }
        if (wanted.field("words")) {
            reading.with("words", Words.of(decoded));
        }
        return reading;
    }
}
