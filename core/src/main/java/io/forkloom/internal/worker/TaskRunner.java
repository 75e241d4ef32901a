package io.forkloom.internal.worker;

import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.CallDecoder;
import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.CodecException;
import io.forkloom.internal.codec.Failures;
import io.forkloom.internal.codec.Thrown;
import io.forkloom.internal.codec.Values;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.wire.Frame.Answer;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decodes a call, runs it on this thread, and encodes how it ended. */
final class TaskRunner {
    private final WorkerId id;
    private final Ledger ledger;
    private final int messageLimit;
    private final CallDecoder decoder;

    TaskRunner(WorkerId id, Ledger ledger, String accepted, int messageLimit, ClassLoader loader) {
        this.id = id;
        this.ledger = ledger;
        this.messageLimit = messageLimit;
        this.decoder = new CallDecoder(accepted, loader);
    }

    void define(long function, byte[] definition) throws IOException {
        decoder.define(function, definition);
    }

    void initialise(byte[] definition, byte[] payload) throws Throwable {
        long function = definition.length == 0 ? 0 : -1; // pools count from 1
        if (function != 0) {
            decoder.define(function, definition);
        }
        run(0, function, decode(function, payload));
    }

    /** The answer, whatever the task does; only an OutOfMemoryError comes out of here. */
    Answer run(long ticket, long function, byte[] payload) {
        long from = Ticks.now();
        byte[] bytes;
        boolean failed = false;
        ledger.begin(ticket);
        try {
            bytes = answer(ticket, function, payload);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // whatever a task throws is its outcome
            failed = true;
            bytes = Failures.encode(trimmed(e), messageLimit);
        }
        ledger.finish(ticket);
        return new Answer(ticket, failed, Ticks.now() - from, bytes);
    }

    private byte[] answer(long ticket, long function, byte[] payload) throws Throwable {
        var call = decode(function, payload);
        var value = run(ticket, function, call);
        String name = decoder.name(function);
        byte[] bytes;
        try {
            bytes = Values.encode(call.kind().result(name), value);
        } catch (CodecException e) {
            if (call.kind() != CallKind.CHUNK || !(value instanceof Object[] results)) {
                throw converted(e);
            }
            bytes = encodeEach(results, CallKind.FUNCTION.result(name));
        }
        if (bytes.length > messageLimit) {
            throw tooLarge(call.kind().result(name), bytes.length);
        }
        return bytes;
    }

    /** A result that cannot be sent costs no other of its chunk: it is found, and its failure takes its place. */
    private static byte[] encodeEach(@Nullable Object[] results, String what) {
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

    private SerialisationException tooLarge(String what, int bytes) {
        return new SerialisationException(
                what + " has " + bytes + " bytes, the limit is " + messageLimit
                        + ": return less, or a path to a file, or raise messageLimit when the pool is opened",
                null);
    }

    private CallDecoder.Decoded decode(long function, byte[] payload) {
        try {
            return decoder.decode(function, payload);
        } catch (CodecException e) {
            throw converted(e);
        }
    }

    private @Nullable Object run(long ticket, long function, CallDecoder.Decoded call) throws Exception {
        return new TaskContext(id, decoder.name(function), ledger, ticket)
                .run(call.kind(), call.function(), call.arguments());
    }

    private static SerialisationException converted(CodecException e) {
        return new SerialisationException(String.valueOf(e.getMessage()), e.getCause());
    }

    /** Without our own frames below the task's: they say nothing about it. */
    static Throwable trimmed(Throwable thrown) {
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
        return className.startsWith("io.forkloom.internal.") || className.equals(TaskContext.class.getName());
    }
}
