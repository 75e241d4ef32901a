package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The worker's side of {@link CallEncoder}; remembers the functions that it was sent. For one thread. */
public final class CallDecoder {
    private final String accepted;
    private final ClassLoader loader;
    private final Map<Long, Known> functions = new HashMap<>();

    /** A call, ready to run. */
    public record Decoded(
            Map<String, String> context,
            CallKind kind,
            Object function,
            @Nullable Object[] arguments) {}

    /**
     * A function that was sent.
     *
     * @param name for messages
     * @param maker of a function from what it captured; null until it is first needed
     */
    private record Known(
            Definition definition,
            String name,
            @Nullable MethodHandle maker,
            @Nullable Object function) {}

    public CallDecoder(String accepted, ClassLoader loader) {
        this.accepted = accepted;
        this.loader = loader;
    }

    public void define(long number, byte[] definition) throws IOException {
        var known = Definition.of(definition);
        functions.putIfAbsent(number, new Known(known, known.name(), null, null));
    }

    /** Does for a function what its first call would do first. Where that fails, the call will say why. */
    void link(long number) {
        var known = functions.get(number);
        try {
            if (known != null) {
                linked(number, known);
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            // No call has come yet, and maybe none will.
        }
    }

    /** {@code Pages::parse}, for a function that is no lambda "the task". */
    public String name(long number) {
        var known = functions.get(number);
        return known == null ? "the task" : known.name;
    }

    public Decoded decode(long number, Payload whole) throws CodecException {
        String name = name(number);
        byte[] payload = whole.head();
        try {
            var context = (payload[1] & CallKind.WITH_CONTEXT) == 0
                    ? Map.<String, String>of()
                    : new HashMap<String, String>();
            int from = 2 + readContext(payload, context);
            if ((payload[1] & CallKind.PLAIN) != 0) {
                return plain(number, name, whole, context, from);
            }
            return streamed(number, name, payload, context, from);
        } catch (IOException e) {
            throw new CodecException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Decoded plain(long number, String name, Payload whole, Map<String, String> context, int from)
            throws CodecException {
        byte[] payload = whole.head();
        var in = new PlainReader(whole, from);
        var captured = new @Nullable Object[Byte.toUnsignedInt(payload[0])];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = in.value("a value captured by " + name);
        }
        var kind = CallKind.of(payload[1] & CallKind.CODE);
        var arguments = new @Nullable Object[kind.arguments];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = in.value(kind.argument(i, name));
        }
        return new Decoded(context, kind, function(number, captured), arguments);
    }

    private Decoded streamed(long number, String name, byte[] payload, Map<String, String> context, int from)
            throws CodecException, IOException {
        try (var in = new Decoder(payload, from, accepted, loader)) {
            if ((payload[1] & CallKind.WITH_VARIABLES) != 0) {
                SessionValues.readFrom(in, name, loader);
            }
            Object whole = number == 0 ? in.read("the function") : null;
            var captured = new @Nullable Object[Byte.toUnsignedInt(payload[0])];
            for (int i = 0; i < captured.length; i++) {
                captured[i] = in.read("a value captured by " + name);
            }
            var kind = CallKind.of(payload[1] & CallKind.CODE);
            var arguments = new @Nullable Object[kind.arguments];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = in.read(kind.argument(i, name));
            }
            return new Decoded(context, kind, whole == null ? function(number, captured) : whole, arguments);
        }
    }

    /** Gives how many bytes it has. */
    private static int readContext(byte[] payload, Map<String, String> context) throws IOException {
        if ((payload[1] & CallKind.WITH_CONTEXT) == 0) {
            return 0;
        }
        var bytes = new ByteArrayInputStream(payload, 2, payload.length - 2);
        var in = new DataInputStream(bytes);
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            context.put(in.readUTF(), in.readUTF());
        }
        return payload.length - 2 - bytes.available();
    }

    private Object function(long number, @Nullable Object[] captured) throws CodecException {
        var known = functions.get(number);
        if (known == null) {
            throw new CodecException("a call names function " + number + ", which was not sent", null);
        }
        if (known.function != null) {
            return known.function;
        }
        try {
            var linked = linked(number, known);
            return linked.function == null
                    ? Objects.requireNonNull(linked.maker).invokeExact(captured)
                    : linked.function;
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // a function may be anything that the class path of the caller had
            throw new CodecException(
                    known.name + " cannot be rebuilt in the worker: " + e
                            + ". Is the class path of the program the one that it was compiled with?",
                    e);
        }
    }

    private Known linked(long number, Known known) throws Throwable {
        if (known.maker != null) {
            return known;
        }
        var definition = known.definition;
        var capturingClass = Class.forName(definition.capturingClass().replace('/', '.'), false, loader);
        var maker = Lambdas.maker(definition, capturingClass);
        Object function = definition.captured() == 0 ? maker.invokeExact(new @Nullable Object[0]) : null;
        var linked = new Known(definition, known.name, maker, function);
        functions.put(number, linked);
        return linked;
    }
}
