package io.forkloom.cli.crawl.parse;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A result as one JSON object on one line. Written in the worker, where it costs nobody else a core. */
final class ResultJson {
    private ResultJson() {}

    /** Of all fields those that are wanted, in the order in which they are wanted. */
    static byte[] of(Map<String, Object> fields, Wanted wanted) throws UnreadableException {
        var out = new JsonBytes();
        out.raw('{');
        if (wanted.all()) {
            for (var field : fields.entrySet()) {
                property(field.getKey(), field.getValue(), out);
            }
        } else {
            for (String name : wanted.names()) {
                Object value = fields.get(name);
                if (value != null) {
                    property(name, value, out);
                }
            }
        }
        out.raw('}');
        return out.toByteArray();
    }

    private static void property(String name, Object value, JsonBytes out) throws UnreadableException {
        if (out.length() > 1) {
            out.raw(',');
        }
        out.string(name);
        out.raw(':');
        value(value, out);
    }

    private static void value(@Nullable Object value, JsonBytes out) throws UnreadableException {
        switch (value) {
            case null -> out.ascii("null");
            case String text -> out.string(text);
            case Integer number -> out.ascii(number.toString());
            case Long number -> out.ascii(number.toString());
            case Boolean truth -> out.ascii(truth.toString());
            // JSON has no word for what is no number.
            case Double number -> out.ascii(Double.isFinite(number) ? number.toString() : "null");
            case List<?> list -> list(list, out);
            case Map<?, ?> map -> map(map, out);
            default -> foreign(value, out);
        }
    }

    private static void list(List<?> list, JsonBytes out) throws UnreadableException {
        out.raw('[');
        boolean first = true;
        for (Object each : list) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            value(each, out);
        }
        out.raw(']');
    }

    private static void map(Map<?, ?> map, JsonBytes out) throws UnreadableException {
        out.raw('{');
        boolean first = true;
        for (var entry : map.entrySet()) {
            if (!first) {
                out.raw(',');
            }
            first = false;
            out.string(String.valueOf(entry.getKey()));
            out.raw(':');
            value(entry.getValue(), out);
        }
        out.raw('}');
    }

    /** A value of the user's own parser, of whatever class. */
    private static void foreign(Object value, JsonBytes out) throws UnreadableException {
        try {
            out.bytes(JsonMapper.shared().writeValueAsBytes(value));
        } catch (JacksonException cannot) {
            throw UnreadableException.because(
                    "what the parser gave, " + value.getClass().getName() + ", cannot be written as JSON", cannot);
        }
    }
}
