package io.forkloom.cli.crawl.parse;

/** Plain text: counts its words. */
final class TextParser {
    private TextParser() {}

    static Reading parse(Page page) {
        String text = Charsets.decode(page.body(), page.origin().contentType());
        return new Reading(null, null, null, null, words(text));
    }

    /** Runs of characters between white space that hold at least one letter or digit. */
    static long words(String text) {
        long words = 0;
        boolean counted = false;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
                counted = false;
            } else if (!counted && Character.isLetterOrDigit(character)) {
                counted = true;
                words++;
            }
            i += Character.charCount(character);
        }
        return words;
    }
}
