package io.forkloom.cli.crawl.parse;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which characters the bytes of a page stand for: as its mark says, else its server, else the page itself, else UTF-8 where
 * the bytes are that, else windows-1252 as browsers do. A wrong label never fails a page.
 */
final class Charsets {
    private static final Pattern LABEL = Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([a-z0-9_.:-]{1,40})");
    private static final Pattern META = Pattern.compile(
            "(?is)<meta[^>]{0,500}?charset\\s*=\\s*[\"']?\\s*([a-z0-9_.:-]{1,40})|^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([a-z0-9_.:-]{1,40})");
    /** As far as browsers look for a page's own word; jsoup looks as far as five times that. */
    private static final int HEAD = 5 << 10;

    private static final Charset WESTERN = Charset.forName("windows-1252");

    private Charsets() {}

    /** A charset, and where the text begins behind the mark. */
    private record Coding(Charset charset, int begin) {}

    /** The charset of a Content-Type header; empty where there is none, or none that exists. */
    static Optional<Charset> declared(String contentType) {
        // Most headers name none, and need no look at each of their characters.
        if (contentType.indexOf('=') < 0) {
            return Optional.empty();
        }
        var match = LABEL.matcher(contentType);
        return match.find() ? named(match.group(1)) : Optional.empty();
    }

    private static Optional<Charset> named(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    static boolean hasUtf16Mark(byte[] body) {
        return body.length >= 2
                && ((body[0] == (byte) 0xfe && body[1] == (byte) 0xff)
                        || (body[0] == (byte) 0xff && body[1] == (byte) 0xfe));
    }

    /** What a page says of itself: by {@code <meta charset>} or as XML does. */
    private static Optional<Charset> said(byte[] body) {
        String head = new String(body, 0, Math.min(HEAD, body.length), StandardCharsets.ISO_8859_1);
        var match = META.matcher(head);
        if (!match.find()) {
            return Optional.empty();
        }
        var charset = named(match.group(1) != null ? match.group(1) : match.group(2));
        // It was read as bytes, so it cannot be what it claims; browsers do the same.
        return charset.map(each -> each.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : each);
    }

    /** The charset that somebody has told; empty where nobody has. */
    private static Optional<Coding> told(Page page, boolean ofItself) {
        byte[] body = page.body();
        if (hasUtf16Mark(body)) {
            return Optional.of(new Coding(StandardCharsets.UTF_16, 0));
        }
        if (body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf) {
            return Optional.of(new Coding(StandardCharsets.UTF_8, 3));
        }
        return declared(page.origin().contentType())
                .or(() -> ofItself ? said(body) : Optional.empty())
                .map(charset -> new Coding(charset, 0));
    }

    /** The charset that its mark, its server or the page itself has told; empty where nobody has. */
    static Optional<Charset> told(Page page) {
        return told(page, true).map(Coding::charset);
    }

    /** The whole text of a page that is plain text. */
    static String decode(Page page) {
        return decode(page, false);
    }

    /** The whole text of a page that may name its charset itself. */
    static String decodeMarkup(Page page) {
        return decode(page, true);
    }

    private static String decode(Page page, boolean ofItself) {
        byte[] body = page.body();
        var told = told(page, ofItself);
        if (told.isPresent()) {
            int begin = told.get().begin();
            return new String(body, begin, body.length - begin, told.get().charset());
        }
        String text = new String(body, StandardCharsets.UTF_8);
        // The JVM decodes fast, and puts U+FFFD for what is no UTF-8; where there is none, there was nothing wrong.
        return text.indexOf('\ufffd') < 0 || isUtf8(body) ? text : new String(body, WESTERN);
    }

    /** The same piece by piece: for content that is too large to stand there twice. */
    static Reader reader(Page page) {
        byte[] body = page.body();
        var coding = told(page, false).orElseGet(() -> new Coding(isUtf8(body) ? StandardCharsets.UTF_8 : WESTERN, 0));
        int begin = coding.begin();
        return new InputStreamReader(new ByteArrayInputStream(body, begin, body.length - begin), coding.charset());
    }

    private static boolean isUtf8(byte[] body) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var bytes = ByteBuffer.wrap(body);
        var chars = CharBuffer.allocate(8 << 10);
        while (true) {
            var step = decoder.decode(bytes, chars, true);
            if (step.isError()) {
                return false;
            }
            if (step.isUnderflow()) {
                return true;
            }
            chars.clear();
        }
    }
}
