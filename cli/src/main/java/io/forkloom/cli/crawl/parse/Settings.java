package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The options of one parser, as its constructor reads them: {@code -O image.quality=85}. */
final class Settings {
    private final String parser;
    private final Map<String, String> values;
    private final TreeSet<String> known = new TreeSet<>();

    private Settings(String parser, Map<String, String> values) {
        this.parser = parser;
        this.values = values;
    }

    /** Those of a recipe that are for this parser. */
    static Settings of(String parser, String options) {
        var values = new LinkedHashMap<String, String>();
        options.lines().filter(line -> line.startsWith(parser + ".")).forEach(line -> {
            int equals = line.indexOf('=');
            values.put(line.substring(parser.length() + 1, equals), line.substring(equals + 1));
        });
        return new Settings(parser, values);
    }

    String text(String key, String otherwise) {
        known.add(key);
        return values.getOrDefault(key, otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return choice(key, List.of("yes", "no"), otherwise ? "yes" : "no").equals("yes");
    }

    String choice(String key, List<String> allowed, String otherwise) {
        String value = text(key, otherwise);
        if (!allowed.contains(value)) {
            throw wrong(key, "choose " + String.join(" or ", allowed));
        }
        return value;
    }

    long number(String key, long least, long most, long otherwise) {
        String value = text(key, Long.toString(otherwise));
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // As one that is out of range.
        }
        throw wrong(key, "give a number between " + least + " and " + most);
    }

    /** Everything that was not asked for. */
    Map<String, String> others() {
        var others = new LinkedHashMap<>(values);
        others.keySet().removeAll(known);
        return others;
    }

    InputException wrong(String key, String remedy) {
        return new InputException("-O " + parser + "." + key + "=" + values.get(key) + ": " + remedy);
    }

    /** To be called when the parser is made: what it has not read it does not know. */
    void refuseUnknown() {
        others().keySet().stream().findFirst().ifPresent(key -> {
            throw new InputException("-O " + parser + "." + key + ": " + parser + " has no such option: choose "
                    + String.join(", ", known) + (known.isEmpty() ? "" : ", ") + String.join(", ", Policy.KEYS));
        });
    }
}
