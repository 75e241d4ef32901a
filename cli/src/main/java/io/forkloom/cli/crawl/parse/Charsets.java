package io.forkloom.cli.crawl.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which characters the bytes of a page stand for. A wrong label never fails a page. */
final class Charsets {
    private static final Pattern LABEL = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([a-z0-9_.:-]{1,40})");

    private Charsets() {}

    /** The charset of a Content-Type header; empty where there is none, or none that exists. */
    static Optional<Charset> declared(String contentType) {
        var match = LABEL.matcher(contentType);
        if (!match.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(match.group(1)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    static boolean hasUtf16Mark(byte[] body) {
        return body.length >= 2
                && ((body[0] == (byte) 0xfe && body[1] == (byte) 0xff)
                        || (body[0] == (byte) 0xff && body[1] == (byte) 0xfe));
    }

    /** Plain text: by its mark, else as declared, else UTF-8 where the bytes are, else windows-1252 as browsers do. */
    static String decode(byte[] body, String contentType) {
        if (hasUtf16Mark(body)) {
            return new String(body, StandardCharsets.UTF_16);
        }
        if (body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf) {
            return new String(body, 3, body.length - 3, StandardCharsets.UTF_8);
        }
        var declared = declared(contentType);
        if (declared.isPresent()) {
            return new String(body, declared.get());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(body, Charset.forName("windows-1252"));
        }
    }
}
