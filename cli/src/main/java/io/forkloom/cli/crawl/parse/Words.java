package io.forkloom.cli.crawl.parse;

/** Counts words, character by character: runs between white space that hold at least one letter or digit. */
final class Words {
    private static final byte SPACE = 1;
    private static final byte LETTER = 2;
    private static final byte[] ASCII = ascii();

    private long count;
    private boolean counted;

    private static byte[] ascii() {
        var kinds = new byte[128];
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = Character.isWhitespace(c) ? SPACE : Character.isLetterOrDigit(c) ? LETTER : 0;
        }
        return kinds;
    }

    static long of(String text) {
        var words = new Words();
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int point = c < 0x80 ? c : text.codePointAt(i);
            words.add(point);
            i += Character.charCount(point);
        }
        return words.count;
    }

    void add(int point) {
        byte kind = point < 0x80 ? ASCII[point] : kind(point);
        if (kind == SPACE) {
            counted = false;
        } else if (kind == LETTER && !counted) {
            counted = true;
            count++;
        }
    }

    private static byte kind(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point)
                ? SPACE
                : Character.isLetterOrDigit(point) ? LETTER : 0;
    }

    long count() {
        return count;
    }
}
