package io.forkloom.cli.crawl;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes results and failures, one JSON object a line. What does not apply is left out. One thread at a time. */
final class JsonLines {
    private static final JsonFactory JSON = JsonFactory.builder()
            // A line is handed on when it is whole; when to write to the disk is for the stream to decide.
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final OutputStream out;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    void write(Result result) throws IOException {
        line(json -> {
            text(json, "source", result.origin().source());
            if (result.origin().status() > 0) {
                json.writeNumberProperty("status", result.origin().status());
            }
            text(json, "type", result.type());
            json.writeNumberProperty("bytes", result.content().bytes());
            text(json, "sha512", result.content().sha512());
            text(json, "title", result.reading().title());
            text(json, "text", result.reading().text());
            links(json, result.reading().links());
            text(json, "language", result.reading().language());
            if (result.reading().words() != null) {
                json.writeNumberProperty("words", result.reading().words());
            }
            text(json, "worker", result.effort().worker());
            json.writeNumberProperty("ms", result.effort().ms());
        });
    }

    void write(Failure failure) throws IOException {
        line(json -> {
            text(json, "source", failure.source());
            text(json, "stage", failure.stage());
            text(json, "outcome", failure.outcome());
            text(json, "error", failure.error());
        });
    }

    private interface Body {
        void writeTo(JsonGenerator json);
    }

    private void line(Body body) throws IOException {
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            body.writeTo(json);
            json.writeEndObject();
        } catch (JacksonException failure) {
            throw failure.getCause() instanceof IOException io ? io : new IOException(failure);
        }
        out.write('\n');
    }

    private static void links(JsonGenerator json, @Nullable List<String> links) {
        if (links != null) {
            json.writeArrayPropertyStart("links");
            links.forEach(link -> json.writeString(wellFormed(link)));
            json.writeEndArray();
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, wellFormed(value));
        }
    }

    /** Half of a surrogate pair, which a page can name by number, cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && Character.isBmpCodePoint(text.codePointAt(i))) {
                return text.codePoints()
                        .map(point -> point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        return text;
    }
}
