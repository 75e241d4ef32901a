package io.forkloom.cli.crawl.fetch;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding in one normal form, so that what means the same is spelled the same (RFC 3986, 6.2.2). */
final class Percent {
    /** What is normalised, and so what its characters mean. */
    enum Form {
        /** Of an address that is to be fetched: what is reserved stays as it is. */
        URL,
        /** Of an address that is compared with the patterns of a robots.txt. */
        ADDRESS,
        /** A pattern of a robots.txt, in which a star is a wildcard. */
        PATTERN
    }

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /**
     * What need not be encoded is not, what must be is, in upper-case hexadecimal. The other two forms also encode the
     * characters that mean something in a pattern, and decode in a query what needs no encoding there.
     */
    static String normal(String text, Form form) {
        var normal = new StringBuilder(text.length() + 16);
        boolean query = false;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            int octet = c == '%' ? octet(text, i) : -1;
            if (octet >= 0) {
                i += 3;
                boolean plain = isUnreserved(octet) || (query && form != Form.URL && ":/?@".indexOf(octet) >= 0);
                append(normal, octet, plain);
            } else if (c < 0x80) {
                i++;
                query |= c == '?';
                append(normal, c, !mustBeEncoded(c, form));
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point);
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    append(normal, b & 0xff, false);
                }
            }
        }
        return normal.toString();
    }

    private static void append(StringBuilder normal, int octet, boolean plain) {
        if (plain) {
            normal.append((char) octet);
        } else {
            HEX.toHexDigits(normal.append('%'), (byte) octet);
        }
    }

    /** The octet that is encoded here; -1 where none is. */
    private static int octet(String text, int at) {
        return at + 2 < text.length()
                        && HexFormat.isHexDigit(text.charAt(at + 1))
                        && HexFormat.isHexDigit(text.charAt(at + 2))
                ? HexFormat.fromHexDigits(text, at + 1, at + 3)
                : -1;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static boolean mustBeEncoded(char c, Form form) {
        return c <= ' '
                || c == 0x7f
                || "\"<>\\^`{|}".indexOf(c) >= 0
                || (form != Form.URL && c == '$')
                || (form == Form.ADDRESS && c == '*');
    }
}
