package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * The name of a file for a key: {@code 7f/example.org-a-b.html-7f21c4...json}. The end of the key is there for people; the
 * digest makes it one of a kind, whatever characters, case or length the key has, and spreads files over folders.
 */
final class FileNames {
    private static final int READABLE = 60;
    /** 96 bits: a million keys have the same with a chance of 1 in 10^17. */
    private static final int DIGEST = 24;

    private FileNames() {}

    static String of(String key) {
        String digest = HexFormat.of()
                .formatHex(Digests.sha256().digest(key.getBytes(UTF_8)))
                .substring(0, DIGEST);
        String plain = key.replaceFirst("^[A-Za-z]+://", "")
                .replaceAll("[^A-Za-z0-9._]+", "-")
                .replaceAll("-+$", "");
        String end = plain.substring(Math.max(0, plain.length() - READABLE)).replaceFirst("^[-.]+", "");
        return digest.substring(0, 2) + "/" + (end.isEmpty() ? "" : end + "-") + digest + ".json";
    }
}
