package com.acme;

import java.util.Map;

/** A parser for {@code forkloom crawl}: any public static method that takes the bytes, or the text, of a page. */
public class Pages {
    public record Found(int lines, int longest) {}

    public static Found parse(String text) {
        var lines = text.lines().toList();
        return new Found(
                lines.size(), lines.stream().mapToInt(String::length).max().orElse(0));
    }

    /** The same with what is known of the page; {@code -O own.word=...} is handed on. */
    public static Map<String, Object> search(byte[] page, Map<String, String> about) {
        var text = new String(page, java.nio.charset.StandardCharsets.UTF_8);
        return Map.of("found", text.contains(about.get("word")), "of", about.get("source"));
    }
}
