package io.forkloom.cli.crawl.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON in UTF-8 as it grows: text is encoded and escaped in one go, into the array that becomes the result. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** What stands behind the backslash, by the character that must have one; 'u' for those with a number. */
    private static final byte[] ESCAPES = escapes();

    /** The most bytes that a char takes: as an escape with a number. */
    private static final int LONGEST = 6;

    private byte[] bytes = new byte[1 << 10];
    private int length;

    private static byte[] escapes() {
        var table = new byte[128];
        Arrays.fill(table, 0, ' ', (byte) 'u');
        table['"'] = '"';
        table['\\'] = '\\';
        table['\n'] = 'n';
        table['\r'] = 'r';
        table['\t'] = 't';
        table['\f'] = 'f';
        table['\b'] = 'b';
        return table;
    }

    int length() {
        return length;
    }

    void raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    void ascii(String text) {
        bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    void bytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /** In quotes. Half of a surrogate pair, which a page can name by number, is not text: it becomes U+FFFD. */
    void string(String text) {
        room(text.length() + 2L);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 && ESCAPES[c] == 0) {
                if (length == bytes.length) {
                    room(text.length() - i + 1L);
                }
                bytes[length++] = (byte) c;
            } else {
                room(text.length() - i + (long) LONGEST);
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    four(Character.toCodePoint(c, text.charAt(++i)));
                } else {
                    special(Character.isSurrogate(c) ? '\ufffd' : c);
                }
            }
        }
        room(1);
        bytes[length++] = '"';
    }

    private void special(char c) {
        if (c < 0x80) {
            bytes[length++] = '\\';
            bytes[length++] = ESCAPES[c];
            if (ESCAPES[c] == 'u') {
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 0xf];
            }
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
            bytes[length++] = following(c);
        } else {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = following(c >> 6);
            bytes[length++] = following(c);
        }
    }

    private void four(int point) {
        bytes[length++] = (byte) (0xf0 | (point >> 18));
        bytes[length++] = following(point >> 12);
        bytes[length++] = following(point >> 6);
        bytes[length++] = following(point);
    }

    /** The last six bits, as a byte that is not the first of its character. */
    private static byte following(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    private void room(long more) {
        if (more > bytes.length - length) {
            long wanted = Math.max(length + more, bytes.length * 2L);
            if (length + more > Integer.MAX_VALUE - 16) {
                throw new OutOfMemoryError("a result of more than 2 GiB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
