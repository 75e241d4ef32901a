package io.forkloom.cli.crawl.deliver;

import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The columns of a row, and how to take them out of a result. */
final class Fields {
    static final List<String> STANDARD =
            List.of("source", "status", "type", "bytes", "sha512", "title", "language", "words", "worker", "ms");
    /** How large a text may be was decided when its page was fetched. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final List<String> names;
    private final Map<String, Integer> places = new HashMap<>();

    Fields(List<String> names) {
        this.names = List.copyOf(names);
        names.forEach(name -> places.put(name, places.size()));
    }

    List<String> names() {
        return names;
    }

    /** One value a column: a String, a Number or a Boolean; lists and objects as JSON text; null for what is not there. */
    @Nullable
    Object[] of(byte[] json) throws IOException {
        var values = new @Nullable Object[names.size()];
        int left = values.length;
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (left > 0 && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                Integer place = places.get(parser.currentName());
                parser.nextToken();
                if (place == null) {
                    parser.skipChildren();
                } else {
                    values[place] = value(parser);
                    left--;
                }
            }
            return values;
        } catch (JacksonException malformed) {
            throw new IOException("a result is not JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case START_ARRAY, START_OBJECT -> {
                var text = new StringWriter();
                try (var json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
                    json.copyCurrentStructure(parser);
                }
                yield text.toString();
            }
            default -> null;
        };
    }
}
