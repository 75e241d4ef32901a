package io.forkloom.cli.crawl.parse;

/**
 * How to read a page. It goes with every page, so it is three short strings, which a worker takes apart once and not for
 * each page.
 *
 * @param parser a name of {@link Kinds}
 * @param options lines {@code html.text=no}; empty for none
 * @param fields names with commas between them, in the order in which the user wants them; empty for all
 * @param wantsLinks whether {@link Result#links} is to be filled, because the crawl follows them
 */
public record Recipe(String parser, String options, String fields, boolean wantsLinks) {
    public static final Recipe AUTO = of("auto");
    /** As html, and obeys the hostile pages of the demo; not for users. */
    public static final Recipe DEMO = of(Kinds.DEMO);

    /** All fields of a parser, without options. */
    public static Recipe of(String parser) {
        return new Recipe(parser, "", "", false);
    }

    public Recipe withLinks(boolean wanted) {
        return new Recipe(parser, options, fields, wanted);
    }
}
