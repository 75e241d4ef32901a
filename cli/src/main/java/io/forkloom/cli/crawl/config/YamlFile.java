package io.forkloom.cli.crawl.config;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.config.Entry.Leaf;
import io.forkloom.cli.crawl.config.Entry.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one document of YAML, token by token: names with values, lists or nested maps of values. Values stay as they
 * were written; no object is made of a tag, and aliases are refused, so that a small file is a small configuration.
 */
final class YamlFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 5;
    private static final Pattern LINE = Pattern.compile("line ([0-9]{1,9}), column");
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Path file;
    private final YAMLParser parser;

    private YamlFile(Path file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** The entries in their order; refuses what is not a map of names. */
    static List<Entry> read(Path file) {
        byte[] bytes = bytes(file);
        try (var parser = (YAMLParser) YAML.createParser(ObjectReadContext.empty(), bytes)) {
            return new YamlFile(file, parser).entries();
        } catch (JacksonException wrong) {
            throw notYaml(file, String.valueOf(wrong.getOriginalMessage()), wrong);
        }
    }

    /** The message has several lines: what and where, and below it, indented, the line of the file. */
    private static InputException notYaml(Path file, String message, JacksonException wrong) {
        String what = message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        int line = LINE.matcher(message)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .reduce(0, (_, last) -> last);
        return new InputException(at(file, line) + "is not YAML: " + what, wrong);
    }

    private static byte[] bytes(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InputException("--config " + file + " is larger than 1 MiB: is it a configuration?");
            }
            return bytes;
        } catch (NoSuchFileException missing) {
            throw new InputException("--config " + file + ": no such file", missing);
        } catch (IOException failure) {
            String why = Files.isDirectory(file) ? "is a folder" : String.valueOf(failure.getMessage());
            throw new InputException("--config " + file + " cannot be read: " + why, failure);
        }
    }

    private List<Entry> entries() {
        var first = next();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (first != JsonToken.START_OBJECT) {
            throw wrong("names and values are expected, one a line, such as\n  per-host: 8");
        }
        var entries = new ArrayList<Entry>();
        Map<String, Integer> lines = new HashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            var entry = entry(parser.currentName(), line());
            Integer before = lines.put(entry.name(), entry.line());
            if (before != null) {
                throw new InputException(
                        at(file, entry.line()) + "'" + entry.name() + "' stands in line " + before + " already");
            }
            entries.add(entry);
        }
        if (next() != null) {
            throw wrong("a second document begins here: a configuration is one");
        }
        return entries;
    }

    private Entry entry(String name, int line) {
        var leaves = new ArrayList<Leaf>();
        var shape = switch (next()) {
            case START_OBJECT -> {
                map(name, "", 1, leaves);
                yield Shape.MAP;
            }
            case START_ARRAY -> {
                while (next() != JsonToken.END_ARRAY) {
                    leaves.add(leaf(name));
                }
                yield Shape.LIST;
            }
            case null, default -> {
                leaves.add(leaf(name));
                yield Shape.ONE;
            }
        };
        return new Entry(name, line, shape, leaves);
    }

    private void map(String name, String above, int depth, List<Leaf> leaves) {
        if (depth > DEEPEST) {
            throw wrong("maps are nested deeper than " + DEEPEST + " levels");
        }
        while (next() != JsonToken.END_OBJECT) {
            String path = above + parser.currentName();
            if (next() == JsonToken.START_OBJECT) {
                map(name, path + ".", depth + 1, leaves);
            } else {
                leaves.add(new Leaf(path, leaf(name + "." + path).text(), line()));
            }
        }
    }

    private Leaf leaf(String name) {
        var token = parser.currentToken();
        if (token == null || token == JsonToken.VALUE_NULL) {
            throw wrong("'" + name + "' has no value");
        }
        if (!token.isScalarValue()) {
            throw wrong("'" + name + "' has a list or a map where one value is expected");
        }
        return new Leaf("", parser.getString(), line());
    }

    private @Nullable JsonToken next() {
        var token = parser.nextToken();
        if (token != null && parser.isCurrentAlias()) {
            throw wrong("aliases (*) are not supported: write the value twice, or in quotes");
        }
        return token;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private InputException wrong(String what) {
        return new InputException(at(file, line()) + what);
    }

    /** {@code crawl.yaml:3: }. */
    static String at(Path file, int line) {
        return file + (line > 0 ? ":" + line : "") + ": ";
    }
}
