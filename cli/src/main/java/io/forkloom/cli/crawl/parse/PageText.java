package io.forkloom.cli.crawl.parse;

/** The text of a page as it is read: white space becomes one space, and words are counted on the way. */
final class PageText {
    private final boolean kept;
    private final StringBuilder text = new StringBuilder(8 << 10);
    private final Words words = new Words();
    /** A space is due before the next character. At the beginning and at the end there is none. */
    private boolean due;

    private boolean begun;

    /** @param kept whether the text itself is wanted, and not only its number of words */
    PageText(boolean kept) {
        this.kept = kept;
    }

    /** What stands before and behind is not one word. */
    void space() {
        due = begun;
    }

    void add(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (isSpace(c)) {
                due |= begun;
                continue;
            }
            if (c == '\u200b' || c == '\u00ad') {
                continue; // a space of no width and a soft hyphen are not seen, and are within words
            }
            if (due) {
                due = false;
                words.add(' ');
                if (kept) {
                    text.append(' ');
                }
            }
            begun = true;
            int point = Character.isHighSurrogate(c) ? piece.codePointAt(i) : c;
            words.add(point);
            if (kept) {
                text.appendCodePoint(point);
            }
            i += Character.charCount(point) - 1;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00a0';
    }

    long words() {
        return words.count();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
