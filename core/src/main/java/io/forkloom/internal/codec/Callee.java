package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The side that is called: decodes a call, has it run, and encodes how it ended. For one thread. */
public final class Callee {
    private final CallDecoder decoder;
    private final int messageLimit;
    private final BiFunction<String, @Nullable Throwable, ? extends RuntimeException> problems;

    /** Runs a call that was decoded. */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        T run(String name, CallDecoder.Decoded call) throws Exception;
    }

    /** How a call ended; the payload is a value as of {@link Values}, or a failure as of {@link Failures}. */
    public record Answer(boolean failed, Payload payload) {}

    /**
     * For one pool's calls.
     *
     * @param loader finds the classes of functions and arguments
     * @param problems makes the exception that tells what could not cross, of a message and a cause
     */
    public Callee(
            String accepted,
            ClassLoader loader,
            int messageLimit,
            BiFunction<String, @Nullable Throwable, ? extends RuntimeException> problems) {
        this.decoder = new CallDecoder(accepted, loader);
        this.messageLimit = messageLimit;
        this.problems = problems;
    }

    public void define(long function, byte[] definition) throws IOException {
        decoder.define(function, definition);
    }

    /** Loads and links a function before its first call, where that can be done; runs nothing of it. */
    public void link(long function) {
        decoder.link(function);
    }

    /** As a call, but what it gives does not cross. */
    public <T extends @Nullable Object> T run(long function, Payload payload, Body<T> body) throws Exception {
        return body.run(decoder.name(function), decode(function, payload));
    }

    /** The answer, whatever the call does; only an OutOfMemoryError comes out of here. */
    public Answer answer(long function, Payload payload, Body<@Nullable Object> body) {
        try {
            return new Answer(false, value(function, payload, body));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // whatever a task throws is its outcome
            return new Answer(true, Payload.of(Failures.encode(trimmed(e), messageLimit)));
        }
    }

    private Payload value(long function, Payload payload, Body<@Nullable Object> body) throws Exception {
        var call = decode(function, payload);
        String name = decoder.name(function);
        var value = body.run(name, call);
        Payload encoded;
        try {
            encoded = call.kind() == CallKind.CHUNK
                    ? Values.encodeChunk(call.kind().result(name), value)
                    : Values.encode(call.kind().result(name), value);
        } catch (CodecException e) {
            if (call.kind() != CallKind.CHUNK || !(value instanceof Object[] results)) {
                throw converted(e);
            }
            encoded = encodeEach(results, CallKind.FUNCTION.result(name));
        }
        if (encoded.bytes() > messageLimit) {
            throw problems.apply(
                    call.kind().result(name) + " has " + encoded.bytes() + " bytes, the limit is " + messageLimit
                            + ": return less, or a path to a file, or raise messageLimit when the pool is opened",
                    null);
        }
        return encoded;
    }

    /** A result that cannot be sent costs no other of its chunk: it is found, and its failure takes its place. */
    private Payload encodeEach(@Nullable Object[] results, String what) {
        var sendable = results.clone();
        for (int i = 0; i < sendable.length; i++) {
            try {
                Values.encode(what, sendable[i]);
            } catch (CodecException e) {
                sendable[i] = new Thrown(converted(e));
            }
        }
        try {
            return Values.encode(what, sendable);
        } catch (CodecException e) {
            throw converted(e);
        }
    }

    private CallDecoder.Decoded decode(long function, Payload payload) {
        try {
            return decoder.decode(function, payload);
        } catch (CodecException e) {
            throw converted(e);
        }
    }

    private RuntimeException converted(CodecException e) {
        return problems.apply(String.valueOf(e.getMessage()), e.getCause());
    }

    /** Without our own frames below the task's: they say nothing about it. */
    public static Throwable trimmed(Throwable thrown) {
        var seen = 0;
        try {
            for (Throwable each = thrown; each != null && seen < 16; each = each.getCause(), seen++) {
                var frames = each.getStackTrace();
                int end = frames.length;
                while (end > 0 && isOurs(frames[end - 1].getClassName())) {
                    end--;
                }
                each.setStackTrace(Arrays.copyOf(frames, end));
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            // An exception is code of the task's too; one that does not let itself be trimmed goes as it is.
        }
        return thrown;
    }

    private static boolean isOurs(String className) {
        return className.startsWith("io.forkloom.internal.") || className.equals("io.forkloom.TaskContext");
    }
}
