package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.crawl.parse.Result;
import io.forkloom.cli.crawl.parse.WellFormed;
import java.io.IOException;
import java.io.OutputStream;
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
        out.write(result.json());
        out.write('\n');
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

    private static void text(JsonGenerator json, String name, String value) {
        json.writeStringProperty(name, WellFormed.text(value));
    }
}
