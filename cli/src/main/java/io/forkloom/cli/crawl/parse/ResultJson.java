package io.forkloom.cli.crawl.parse;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A result as one JSON object on one line. Written in the worker, where it costs nobody else a core. */
final class ResultJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ResultJson() {}

    static byte[] of(Origin origin, String type, Result.Content content, Reading reading, Result.Effort effort) {
        var out = new ByteArrayOutputStream(1 << 10);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            text(json, "source", origin.source());
            if (origin.status() > 0) {
                json.writeNumberProperty("status", origin.status());
            }
            text(json, "type", type);
            json.writeNumberProperty("bytes", content.bytes());
            text(json, "sha512", content.sha512());
            text(json, "title", reading.title());
            text(json, "text", reading.text());
            links(json, reading.links());
            text(json, "language", reading.language());
            if (reading.words() != null) {
                json.writeNumberProperty("words", reading.words());
            }
            text(json, "worker", effort.worker());
            json.writeNumberProperty("ms", effort.ms());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void links(JsonGenerator json, @Nullable List<String> links) {
        if (links != null) {
            json.writeArrayPropertyStart("links");
            links.forEach(link -> json.writeString(WellFormed.text(link)));
            json.writeEndArray();
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, WellFormed.text(value));
        }
    }
}
