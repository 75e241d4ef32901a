package io.forkloom.cli.advise;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Findings and advice, for people or for programs. */
record AdviceReport(Findings findings, Advice advice) {
    private static final int WIDTH = 80;

    void print(PrintStream out) {
        var call = findings.subject().call();
        out.println(findings.subject().name()
                + (call.arguments().isEmpty() ? "" : " with " + String.join(", ", call.arguments())));
        out.println();
        findings.pace().ifPresent(pace -> print(pace, out));
        findings.cost().ifPresent(cost -> print(cost, out));
        line(
                out,
                "risk",
                findings.ending().words().isEmpty()
                        ? "none seen"
                        : findings.ending().words());
        out.println();
        String model = advice.model().words();
        out.println(Character.toUpperCase(model.charAt(0))
                + model.substring(1)
                + (advice.chunk() == 1 ? "." : ", in chunks of " + advice.chunk() + "."));
        advice.reasons().forEach(reason -> out.println(wrapped(reason)));
        out.println();
        advice.code().lines().forEach(line -> out.println("    " + line));
        out.flush();
    }

    private static void print(Pace pace, PrintStream out) {
        line(
                out,
                "a call",
                Units.time(pace.median()) + " (" + Units.time(pace.low()) + " to " + Units.time(pace.high())
                        + " for four of five), of " + pace.calls() + "; the first took " + Units.time(pace.first()));
        line(out, "computing", Units.share(pace.computing()) + " of that");
        line(out, "allocation", Units.bytes(pace.allocated()) + " a call");
    }

    private static void print(Crossing.Cost cost, PrintStream out) {
        line(out, "argument", size(cost.argument()));
        if (cost.argument() >= 0) {
            line(out, "result", size(cost.result()));
        }
        if (cost.fault().isEmpty()) {
            line(
                    out,
                    "in a pool",
                    Units.time(cost.call()) + " a call, of which the way there and back " + Units.time(cost.trip()));
        }
    }

    private static String size(long bytes) {
        return bytes < 0 ? "cannot be serialised" : Units.bytes(bytes) + " when serialised";
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("  %-11s %s%n", name, value);
    }

    /** {@code - It computes ...}, broken between words. */
    private static String wrapped(String sentence) {
        var text = new StringBuilder("  -");
        int column = text.length();
        for (String word : sentence.split(" ", -1)) {
            if (column + 1 + word.length() > WIDTH) {
                text.append(System.lineSeparator()).append("   ");
                column = 3;
            }
            text.append(' ').append(word);
            column += 1 + word.length();
        }
        return text.toString();
    }

    /** One object; what does not apply is left out. Times are nanoseconds. */
    String json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("function", findings.subject().name());
            json.writeArrayPropertyStart("arguments");
            findings.subject().call().arguments().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty(
                    "ending",
                    findings.ending().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (!findings.ending().words().isEmpty()) {
                json.writeStringProperty("risk", findings.ending().words());
            }
            findings.pace().ifPresent(pace -> write(pace, json));
            findings.cost().ifPresent(cost -> write(cost, json));
            write(json);
            json.writeEndObject();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(Pace pace, JsonGenerator json) {
        json.writeObjectPropertyStart("pace");
        json.writeNumberProperty("median", pace.median());
        json.writeNumberProperty("low", pace.low());
        json.writeNumberProperty("high", pace.high());
        json.writeNumberProperty("first", pace.first());
        json.writeNumberProperty("calls", pace.calls());
        json.writeNumberProperty("computing", pace.computing());
        json.writeNumberProperty("elsewhere", pace.elsewhere());
        json.writeNumberProperty("allocatedBytes", pace.allocated());
        json.writeEndObject();
    }

    private static void write(Crossing.Cost cost, JsonGenerator json) {
        json.writeObjectPropertyStart("crossing");
        json.writeBooleanProperty("serialisable", cost.fault().isEmpty());
        if (cost.argument() >= 0) {
            json.writeNumberProperty("argumentBytes", cost.argument());
        }
        if (cost.result() >= 0) {
            json.writeNumberProperty("resultBytes", cost.result());
        }
        if (cost.fault().isEmpty()) {
            json.writeNumberProperty("call", cost.call());
            json.writeNumberProperty("trip", cost.trip());
        } else {
            json.writeStringProperty("fault", cost.fault());
        }
        json.writeEndObject();
    }

    private void write(JsonGenerator json) {
        json.writeObjectPropertyStart("advice");
        json.writeStringProperty("model", advice.model().key());
        json.writeNumberProperty("chunk", advice.chunk());
        json.writeArrayPropertyStart("reasons");
        advice.reasons().forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("code", advice.code());
        json.writeEndObject();
    }
}
