package io.forkloom.cli.crawl.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages for the parsers, and what becomes of them. */
final class Pages {
    private Pages() {}

    static Page of(String name, byte[] body, Recipe recipe) {
        return new Page(Origin.file(name), body, recipe);
    }

    static Page of(String name, String body, Recipe recipe) {
        return of(name, body.getBytes(UTF_8), recipe);
    }

    static Recipe recipe(String parser, String... options) {
        return new Recipe(parser, String.join("\n", options), "", false);
    }

    /** The result as users get it. */
    static JsonNode json(Page page) throws Exception {
        return JsonMapper.shared().readTree(Parsers.parse(page).json());
    }
}
