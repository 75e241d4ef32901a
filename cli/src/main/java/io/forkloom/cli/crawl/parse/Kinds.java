package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The parsers by the names that users give them. Their own classes are loaded when a page needs them. */
final class Kinds {
    static final String AUTO = "auto";
    static final String DEMO = "demo";
    /** How options call the user's own method, whose name is long. */
    static final String OWN = "own";

    private static final Map<String, Function<Settings, Parser>> MAKERS = makers();

    private Kinds() {}

    private static Map<String, Function<Settings, Parser>> makers() {
        var makers = new LinkedHashMap<String, Function<Settings, Parser>>();
        makers.put("html", HtmlParser::new);
        makers.put("text", TextParser::new);
        makers.put("image", ImageParser::new);
        makers.put("pdf", PdfParser::new);
        makers.put("json", JsonParser::new);
        makers.put("csv", CsvParser::new);
        makers.put("sha512", _ -> (_, _) -> new Reading());
        return makers;
    }

    /** Those that a user can name: auto first. */
    static List<String> names() {
        var names = new ArrayList<>(MAKERS.keySet());
        names.addFirst(AUTO);
        return names;
    }

    /** Those that read a page of a type; not auto. */
    static boolean isPlain(String name) {
        return MAKERS.containsKey(name);
    }

    static boolean isOwn(String name) {
        return name.contains("::");
    }

    /** Which of them reads a page by this recipe. */
    static String of(Page page) {
        String name = page.recipe().parser();
        return name.equals(AUTO) ? ofType(MediaTypes.of(page)) : isOwn(name) ? OWN : name;
    }

    /** Which of them reads content of this type where the user leaves it to us. */
    static String ofType(String type) {
        return switch (type) {
            case "application/pdf" -> "pdf";
            case "text/csv", "text/tab-separated-values" -> "csv";
            case "image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff" -> "image";
            default ->
                MediaTypes.isHtml(type)
                        ? "html"
                        : MediaTypes.isJson(type) ? "json" : MediaTypes.isText(type) ? "text" : "sha512";
        };
    }

    /**
     * Makes the parser of a recipe.
     *
     * @throws InputException if its options make no sense
     */
    static Parser parser(Recipe recipe) {
        String name = recipe.parser();
        if (name.equals(AUTO)) {
            return auto(recipe.options());
        }
        if (name.equals(DEMO)) {
            var html = make("html", "");
            return (page, wanted) -> {
                Hostile.obey(page);
                return html.parse(page, wanted);
            };
        }
        return isOwn(name) ? OwnParser.of(name, Settings.of(OWN, recipe.options())) : make(name, recipe.options());
    }

    private static Parser auto(String options) {
        var parsers = new LinkedHashMap<String, Parser>();
        MAKERS.keySet().forEach(name -> parsers.put(name, make(name, options)));
        return (page, wanted) -> {
            var parser = parsers.get(ofType(MediaTypes.of(page)));
            return parser == null ? new Reading() : parser.parse(page, wanted);
        };
    }

    static InputException unknown(String name) {
        return new InputException("--parse: unknown parser '" + name + "': choose " + String.join(", ", names())
                + ", or a method of your own, com.acme.Pages::parse");
    }

    private static Parser make(String name, String options) {
        var maker = MAKERS.get(name);
        if (maker == null) {
            throw unknown(name);
        }
        var settings = Settings.of(name, options);
        var parser = maker.apply(settings);
        settings.refuseUnknown();
        return parser;
    }
}
