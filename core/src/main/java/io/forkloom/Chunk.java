package io.forkloom;

import io.forkloom.internal.codec.Failures;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several arguments of a map as one task: each has an outcome of its own, unless the worker dies. */
final class Chunk {
    private Chunk() {}

    /** In the worker: the value or the failure of each. */
    static <A extends @Nullable Object, R extends @Nullable Object> @Nullable Object[] apply(
            TaskFunction<A, R> function, @Nullable Object[] arguments) {
        var results = new @Nullable Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            results[i] = one(function, arguments[i]);
        }
        return results;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the arguments are the map's; null where the map allows it
    private static <A extends @Nullable Object, R extends @Nullable Object> @Nullable Object one(
            TaskFunction<A, R> function, @Nullable Object argument) {
        try {
            return function.apply((A) argument);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) { // whatever a task throws is its outcome
            return new Failure(e);
        }
    }

    static boolean isFailure(@Nullable Object result) {
        return result instanceof Failure;
    }

    /** At the caller. */
    @SuppressWarnings({"unchecked", "NullAway"}) // what the function gave; null where R allows it
    static <R extends @Nullable Object> Outcome<R> outcome(@Nullable Object result, TaskInfo task, Border<?> border) {
        return result instanceof Failure failure
                ? new Outcome.Failed<>(failure.thrown(border), task)
                : new Outcome.Completed<>((R) result, task);
    }

    /** An exception that crosses a border as all failures do, though it stands among values. */
    private static final class Failure implements Serializable {
        private static final long serialVersionUID = 1;
        private transient @Nullable Throwable thrown;
        private transient byte @Nullable [] sent;

        Failure(Throwable thrown) {
            this.thrown = thrown;
        }

        /** Decoded by the border of the pool, so through its filter and not by the stream that it came in. */
        Throwable thrown(Border<?> border) {
            return sent == null ? Objects.requireNonNull(thrown) : border.failure(sent);
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            byte[] bytes = Failures.encode(Objects.requireNonNull(thrown));
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        private void readObject(ObjectInputStream in) throws IOException {
            sent = in.readNBytes(in.readInt());
        }
    }
}
