package io.forkloom.cli.crawl.view;

import java.util.List;
import java.util.regex.Pattern;

/** What failures of many pages have in common: a message without what belongs to one page only. */
final class Cause {
    private static final int LONGEST = 160;
    /** More than that of a message is not looked at: patterns take their time, and messages hold what servers sent. */
    private static final int LOOKED_AT = 1_000;

    /** Control characters, signs that turn the direction of writing, halves of characters. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }
    }

    /** In this order: an address in a URL goes with the URL. */
    private static final List<Rule> RULES = List.of(
            Rule.of("\\b[A-Za-z][A-Za-z0-9+.-]{1,15}://[^\\s'\"<>)]+", "…"),
            Rule.of("(?<![\\w.])[0-9]{1,3}(\\.[0-9]{1,3}){3}(:[0-9]{1,5})?(?![\\w.]\\w)", "…"),
            Rule.of("\\[[0-9A-Fa-f:.%]*:[0-9A-Fa-f:.%]*](:[0-9]{1,5})?", "…"),
            Rule.of("(?<![\\w.:])[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}(?![\\w:])", "…"),
            // A path; not the slash of text/html.
            Rule.of("(?<![\\w.])/[^\\s:;,'\")]+", "…"),
            // A host or the name of a file; not a package or a class of Java.
            Rule.of(
                    "(?<![\\w.$-])(?!\\w+\\.java\\b)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\\.){1,10}[a-z][a-z0-9-]{1,30}(?::[0-9]{1,5})?(?![\\w(-]|\\.\\w)",
                    "…"),
            Rule.of("(?<=@)[0-9a-f]{1,16}\\b", "…"),
            Rule.of("\\b0x[0-9A-Fa-f]+\\b", "N"),
            Rule.of("\\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\\b", "N"),
            // What a status or an exit code says is the cause itself.
            Rule.of("(?<![\\w.]|status |code |signal |exit |HTTP |answered )[0-9]+([.,][0-9]+)*(?![\\w.]*\\w)", "N"),
            Rule.of("(?<![\\w.])[0-9]+([.,][0-9]+)*(?=(ns|us|ms|s|m|h|B|kB|KB|KiB|MB|MiB|GB|GiB|k|g)\\b)", "N"));

    private Cause() {}

    /** The first line of a message, without numbers, URLs, addresses, paths and names of hosts. */
    static String of(String message) {
        String line = message.strip().lines().findFirst().orElse("").strip();
        line = line.length() > LOOKED_AT ? line.substring(0, LOOKED_AT) : line;
        for (var rule : RULES) {
            line = rule.pattern.matcher(line).replaceAll(rule.replacement);
        }
        return cut(line, LONGEST);
    }

    /** A name that a server chose: no longer than may be kept, and nothing in it that a terminal would obey. */
    static String cut(String name, int longest) {
        String plain = name.length() <= longest ? name : name.substring(0, longest - 1) + "…";
        return plain.chars().allMatch(each -> each >= ' ' && each < 127)
                ? plain
                : UNSEEN.matcher(plain).replaceAll("\ufffd");
    }
}
