package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.RemoteCall;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a function and its arguments into a {@link RemoteCall}. The payload:
 *
 * <pre>
 *  | captured values, one byte | CallKind, one byte | [context] | [function,] captured ..., arguments ... |
 * </pre>
 *
 * The values are {@link Plain}, where all of them can be; the kind has {@link CallKind#PLAIN} then. Else they are one
 * java.io stream, so that an object that is captured and passed arrives as one object.
 *
 * The context stands there where the kind has {@link CallKind#WITH_CONTEXT}: its size in two bytes, then keys and values
 * in modified UTF-8. Where the function uses variables of a JShell session, the kind has
 * {@link CallKind#WITH_VARIABLES}, and before all else the stream has an array of their owners and names, and their
 * values. The function stands in the payload only where it is no lambda.
 */
public final class CallEncoder {
    private static final byte[] NOTHING = {};

    /** Of a context, whose size has two bytes. */
    private static final int MOST_ENTRIES = 0xFFFF;

    private CallEncoder() {}

    /** Without a context. */
    public static RemoteCall encode(Shape shape, CallKind kind, Serializable function, @Nullable Object... arguments)
            throws CodecException {
        return encode(Map.of(), shape, kind, function, arguments);
    }

    /** Runs on the caller's thread. A large array stays the same array. The exception names what cannot be sent, and the field at fault. */
    public static RemoteCall encode(
            Map<String, String> context,
            Shape shape,
            CallKind kind,
            Serializable function,
            @Nullable Object... arguments)
            throws CodecException {
        try {
            var captured = shape.captured(function);
            if (shape.capturesThis() && !(captured[0] instanceof Serializable)) {
                throw new CodecException(
                        shape.name() + " uses a field or method of the object around it, which is not serialisable: "
                                + FaultFinder.name(captured[0])
                                + ". Make what it uses static, or copy it to a local variable first",
                        null);
            }
            var session = SessionValues.of(shape, function, captured, arguments);
            int code = kind.code | (context.isEmpty() ? 0 : CallKind.WITH_CONTEXT);
            var values = joined(captured, arguments);
            if (session.isEmpty()
                    && shape.isLambda()
                    && arePlain(kind, captured, arguments)
                    && Plain.areOnesOwn(values)) {
                var payload = plain(context, shape, code, captured.length, values);
                return new RemoteCall(shape.number(), shape.definition(), payload);
            }
            var bytes = new ByteArrayOutputStream(256);
            bytes.write(captured.length);
            bytes.write(code | (session.isEmpty() ? 0 : CallKind.WITH_VARIABLES));
            bytes.write(bytes(context));
            try (var out = new Encoder(bytes)) {
                if (!session.isEmpty()) {
                    session.writeTo(out);
                }
                if (!shape.isLambda()) {
                    out.write("the function " + shape.name(), function);
                }
                for (int i = 0; i < captured.length; i++) {
                    out.write(shape.captured(i), captured[i]);
                }
                for (int i = 0; i < kind.arguments; i++) {
                    out.write(kind.argument(i, shape.name()), arguments[i]);
                }
            }
            return new RemoteCall(shape.number(), shape.definition(), Payload.of(bytes.toByteArray()));
        } catch (IOException e) {
            throw new CodecException(shape.name() + " cannot be sent: " + e.getMessage(), e);
        }
    }

    private static boolean arePlain(CallKind kind, @Nullable Object[] captured, @Nullable Object[] arguments) {
        for (Object each : captured) {
            if (!Plain.is(each)) {
                return false;
            }
        }
        for (Object each : arguments) {
            // An element that is captured too must arrive as the same object.
            if (!Plain.is(each) && !(kind == CallKind.CHUNK && Plain.areFixed(captured) && Plain.isChunk(each))) {
                return false;
            }
        }
        return true;
    }

    private static Payload plain(
            Map<String, String> context, Shape shape, int code, int captured, @Nullable Object[] values)
            throws IOException, CodecException {
        byte[] head = bytes(context);
        var out = new PlainWriter(shape::arguments, 2L + head.length, values)
                .put(captured)
                .put(code | CallKind.PLAIN)
                .put(head);
        for (Object each : values) {
            out.value(each);
        }
        return out.done();
    }

    private static @Nullable Object[] joined(@Nullable Object[] captured, @Nullable Object[] arguments) {
        if (captured.length == 0) {
            return arguments;
        }
        var all = Arrays.copyOf(captured, captured.length + arguments.length);
        System.arraycopy(arguments, 0, all, captured.length, arguments.length);
        return all;
    }

    private static byte[] bytes(Map<String, String> context) throws IOException {
        if (context.isEmpty()) {
            return NOTHING;
        }
        if (context.size() > MOST_ENTRIES) {
            throw new IOException("its context has " + context.size() + " entries, the limit is " + MOST_ENTRIES);
        }
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(context.size());
        for (var entry : context.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
        return bytes.toByteArray();
    }
}
