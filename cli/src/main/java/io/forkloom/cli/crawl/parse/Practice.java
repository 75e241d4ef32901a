package io.forkloom.cli.crawl.parse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a worker's JVM parses while its AOT cache is made, so that others have their classes and profiles from there. */
public final class Practice {
    private static final String PAGE = "practice.html";
    private static final String BORDER = "<!-- section -->";
    private static final int PAGES = 600;
    /** Of such a page, 4 to 40 KB. */
    private static final int MOST_SECTIONS = 10;

    private Practice() {}

    /** Takes a second or two. */
    public static void parse() throws Exception {
        String[] parts = page().split(BORDER, -1);
        var recipe = Recipe.of("html");
        for (int i = 0; i < PAGES; i++) {
            String page = parts[0] + parts[1].repeat(1 + i % MOST_SECTIONS) + parts[2];
            String address = "http://127.0.0.1/practice/" + i + ".html";
            var origin = new Origin(address, address, 200, i % 2 == 0 ? "text/html" : "text/html; charset=utf-8");
            var _ = Parsers.parse(
                    new Page(origin, page.getBytes(StandardCharsets.UTF_8), recipe.withLinks(i % 2 == 0)));
        }
    }

    private static String page() throws IOException {
        try (var in = Practice.class.getResourceAsStream(PAGE)) {
            if (in == null) {
                throw new IOException(PAGE + " is not beside its class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
