package io.forkloom.cli.crawl.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What kind of content a page is: as its server says, else by the end of its name, else by its first bytes. */
final class MediaTypes {
    private static final String HTML = "text/html";
    private static final String TEXT = "text/plain";
    private static final String BINARY = "application/octet-stream";
    private static final int SNIFFED = 1_024;

    /** Servers say these of what they do not know. */
    private static final Set<String> UNKNOWN =
            Set.of("", BINARY, "application/unknown", "application/x-unknown-content-type", "unknown/unknown");

    private static final Set<String> TEXTUAL = Set.of("application/json", "application/xml", "application/javascript");

    private static final Map<String, String> BY_END = Map.ofEntries(
            Map.entry("html", HTML),
            Map.entry("htm", HTML),
            Map.entry("xhtml", "application/xhtml+xml"),
            Map.entry("xht", "application/xhtml+xml"),
            Map.entry("txt", TEXT),
            Map.entry("md", "text/markdown"),
            Map.entry("rst", TEXT),
            Map.entry("log", TEXT),
            Map.entry("csv", "text/csv"),
            Map.entry("tsv", "text/tab-separated-values"),
            Map.entry("css", "text/css"),
            Map.entry("js", "text/javascript"),
            Map.entry("json", "application/json"),
            Map.entry("jsonl", "application/x-ndjson"),
            Map.entry("ndjson", "application/x-ndjson"),
            Map.entry("xml", "application/xml"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("webp", "image/webp"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"));

    private static final Map<String, String> SIGNATURES = Map.of(
            "%PDF-", "application/pdf",
            "\u00ff\u00d8\u00ff", "image/jpeg",
            "\u0089PNG\r\n\u001a\n", "image/png",
            "GIF8", "image/gif");

    private MediaTypes() {}

    static boolean isHtml(String type) {
        return type.equals(HTML) || type.equals("application/xhtml+xml");
    }

    static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json") || type.equals("application/x-ndjson");
    }

    static boolean isText(String type) {
        if (isHtml(type)) {
            return false;
        }
        boolean structured = type.endsWith("+xml") || type.endsWith("+json");
        return structured || type.startsWith("text/") || TEXTUAL.contains(type);
    }

    static String of(Page page) {
        String said = page.origin().mediaType();
        if (!UNKNOWN.contains(said)) {
            return said;
        }
        String byEnd = BY_END.get(end(page.origin()));
        return byEnd != null ? byEnd : sniff(page.body());
    }

    private static String end(Origin origin) {
        String name = origin.base().isEmpty() ? origin.source() : origin.base().replaceAll("[?#].*", "");
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String sniff(byte[] body) {
        for (var signature : SIGNATURES.entrySet()) {
            byte[] begin = signature.getKey().getBytes(StandardCharsets.ISO_8859_1);
            if (body.length >= begin.length && Arrays.mismatch(body, 0, begin.length, begin, 0, begin.length) < 0) {
                return signature.getValue();
            }
        }
        int length = Math.min(SNIFFED, body.length);
        for (int i = 0; i < length; i++) {
            // Control characters that no text has; a byte 0 would also be half of UTF-16, which says so by its mark.
            if (body[i] >= 0 && body[i] < ' ' && "\t\n\r\f\u001b".indexOf(body[i]) < 0) {
                return Charsets.hasUtf16Mark(body) ? TEXT : BINARY;
            }
        }
        String head = new String(body, 0, length, StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return head.startsWith("<!doctype html") || head.contains("<html") || head.contains("<head") ? HTML : TEXT;
    }
}
