package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code -O NAME.KEY=VALUE} said: the parsers' own options, which go to the workers, and what pages may cost, which stays
 * here.
 *
 * @param own by {@code NAME.KEY}
 * @param costs by name and key
 */
record ParserOptions(Map<String, String> own, Map<String, Map<String, String>> costs) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9]+)\\.([A-Za-z0-9_-]+)=([^\\r\\n]*)");

    static ParserOptions of(List<String> texts, String parser) {
        var options = new ParserOptions(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String text : texts) {
            var match = FORM.matcher(text);
            if (!match.matches()) {
                throw new InputException("-O " + text + " is no option of a parser: write -O image.size=800x600");
            }
            options.add(match.group(1), match.group(2), match.group(3), parser);
        }
        return options;
    }

    private void add(String name, String key, String value, String parser) {
        if (!Kinds.isPlain(name) && !name.equals(Kinds.OWN)) {
            throw new InputException("-O " + name + "." + key + ": there is no parser '" + name + "'");
        }
        String used = Kinds.isOwn(parser) ? Kinds.OWN : parser;
        boolean isUsed = used.equals(Kinds.AUTO) ? !name.equals(Kinds.OWN) : name.equals(used);
        if (!isUsed) {
            throw new InputException("-O " + name + "." + key + " is for another parser than --parse " + parser);
        }
        var before = Policy.KEYS.contains(key)
                ? costs.computeIfAbsent(name, _ -> new LinkedHashMap<>()).put(key, value)
                : own.put(
                        name + "." + key,
                        isFolder(name, key) ? Path.of(value).toAbsolutePath().toString() : value);
        if (before != null) {
            throw new InputException("-O " + name + "." + key + " is given twice");
        }
    }

    private static boolean isFolder(String name, String key) {
        return name.equals("image") && key.equals("to");
    }

    /** For a {@link Recipe}. */
    String lines() {
        return own.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    Map<String, Policy> policies(Size heap) {
        return costs.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> Policy.of(entry.getKey(), entry.getValue(), heap)));
    }
}
