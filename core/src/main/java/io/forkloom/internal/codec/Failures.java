package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions: first a description that always can be sent and read, then the exception itself where it can be
 * serialised. So an exception whose class the caller does not have still tells its name, message, frames and causes.
 */
public final class Failures {
    private static final int DEEPEST_CAUSE = 16;

    /**
     * How much is told: causes, frames of each, characters of a text. writeUTF takes 65,535 bytes, and a character has
     * up to three; what is told with the least detail is smaller than the smallest limit.
     */
    private record Detail(int causes, int frames, int text) {}

    private static final List<Detail> DETAILS = List.of(
            new Detail(DEEPEST_CAUSE, 1024, 20_000),
            new Detail(8, 256, 5_000),
            new Detail(4, 64, 1_250),
            new Detail(2, 16, 300),
            new Detail(1, 4, 150),
            new Detail(0, 1, 100),
            new Detail(0, 0, 60));

    private Failures() {}

    /**
     * An exception as it arrived.
     *
     * @param original the exception itself; null where it could not be sent, or cannot be read here
     * @param problem why it could not; null where it could
     */
    public record Failure(
            Description description,
            @Nullable Throwable original,
            @Nullable String problem) {}

    public record Description(
            String type,
            @Nullable String message,
            StackTraceElement[] frames,
            @Nullable Description cause) {}

    public static byte[] encode(Throwable thrown) {
        return encode(thrown, Integer.MAX_VALUE);
    }

    /**
     * As much of the exception as fits into so many bytes: all of it, else a description, else a shorter one.
     *
     * @param limit at least 1024
     */
    public static byte[] encode(Throwable thrown, int limit) {
        byte[] whole = {};
        String problem = "";
        try {
            whole = Values.encode("the exception", thrown).head(); // an exception is no array
        } catch (CodecException e) {
            problem = String.valueOf(e.getMessage());
        } catch (StackOverflowError | LinkageError | AssertionError e) {
            problem = "the exception cannot be serialised: " + e;
        }
        byte[] bytes = encode(thrown, DETAILS.getFirst(), problem, whole);
        if (bytes.length > limit && problem.isEmpty()) {
            problem = "the exception has " + bytes.length + " bytes, the limit is " + limit
                    + ": let it carry less, or raise messageLimit when the pool is opened";
        }
        for (int i = 0; bytes.length > limit && i < DETAILS.size(); i++) {
            bytes = encode(thrown, DETAILS.get(i), problem, new byte[0]);
        }
        return bytes;
    }

    private static byte[] encode(Throwable thrown, Detail detail, String problem, byte[] whole) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var out = new DataOutputStream(bytes)) {
            describe(thrown, out, detail);
            out.writeUTF(cut(problem, detail));
            out.write(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static Failure decode(byte[] bytes, String accepted, ClassLoader loader) throws CodecException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var description = description(in, DEEPEST_CAUSE);
            String problem = in.readUTF();
            if (!problem.isEmpty()) {
                return new Failure(description, null, problem);
            }
            try {
                var whole = Values.decode("the exception", Payload.of(in.readAllBytes()), accepted, loader);
                return whole instanceof Throwable thrown
                        ? new Failure(description, thrown, null)
                        : new Failure(description, null, "it is no exception");
            } catch (CodecException e) {
                return new Failure(description, null, String.valueOf(e.getMessage()));
            }
        } catch (IOException e) {
            throw new CodecException("a failure cannot be read: " + e.getMessage(), e);
        }
    }

    private static void describe(Throwable thrown, DataOutputStream out, Detail detail) throws IOException {
        out.writeUTF(cut(thrown.getClass().getName(), detail));
        String message = message(thrown);
        out.writeBoolean(message != null);
        out.writeUTF(message == null ? "" : cut(message, detail));
        var frames = asked(thrown::getStackTrace, new StackTraceElement[0]);
        int count = Math.min(frames.length, detail.frames());
        out.writeShort(count);
        for (int i = 0; i < count; i++) {
            out.writeUTF(cut(frames[i].getClassName(), detail));
            out.writeUTF(cut(frames[i].getMethodName(), detail));
            out.writeUTF(frames[i].getFileName() == null ? "" : cut(frames[i].getFileName(), detail));
            out.writeInt(frames[i].getLineNumber());
        }
        // A chain of causes can be a ring: the bound ends it.
        var cause = detail.causes() == 0 ? null : Failures.<@Nullable Throwable>asked(thrown::getCause, null);
        out.writeBoolean(cause != null);
        if (cause != null) {
            describe(cause, out, new Detail(detail.causes() - 1, detail.frames(), detail.text()));
        }
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return "(its getMessage threw " + e.getClass().getName() + ")";
        }
    }

    /** An exception is code of the task's: its methods can throw too. */
    private static <T extends @Nullable Object> T asked(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return otherwise;
        }
    }

    private static Description description(DataInputStream in, int depth) throws IOException {
        String type = in.readUTF();
        boolean hasMessage = in.readBoolean();
        String message = in.readUTF();
        var frames = new StackTraceElement[in.readUnsignedShort()];
        for (int i = 0; i < frames.length; i++) {
            String owner = in.readUTF();
            String method = in.readUTF();
            String file = in.readUTF();
            frames[i] = new StackTraceElement(owner, method, file.isEmpty() ? null : file, in.readInt());
        }
        boolean hasCause = in.readBoolean();
        return new Description(
                type, hasMessage ? message : null, frames, hasCause && depth > 0 ? description(in, depth - 1) : null);
    }

    private static String cut(String text, Detail detail) {
        return text.length() <= detail.text() ? text : text.substring(0, detail.text()) + " ...";
    }
}
