package io.forkloom;

import io.forkloom.internal.codec.Copies;
import io.forkloom.internal.wire.Payload;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that crosses to each worker once, however many tasks use it. Made by {@link TaskPool#broadcast}; tasks capture
 * it, or are given it, and ask for its value:
 *
 * <pre>{@code
 * try (var model = pool.broadcast(Model.load(path))) {
 *     for (var label : pool.map(page -> model.value().label(page), pages)) { … }
 * }
 * }</pre>
 *
 * <p><b>In a worker process, and in an isolate,</b> the value is a copy. It is fetched and decoded when a task of the worker
 * first asks for it, which counts as that task's time, and kept for all later ones: tasks of one worker share one object.
 * The successor of a worker fetches its own. <b>In a pool of threads, and in the program itself,</b> it is the value itself.
 *
 * <p><b>Memory.</b> The program holds the value and its bytes until the broadcast is closed, or its pool; a worker holds its
 * copy until then, or until it ends. Changes that the program makes after {@code broadcast} reach no worker process.
 *
 * <p><b>The end.</b> Once it is closed, tasks that use it are refused, or fail with an {@link IllegalStateException} that
 * says so. A task that has the value at that moment goes on with it, as may those that its worker has been given already.
 *
 * <p>It crosses to workers of its own pool only; views of the pool are the pool. May be used by any thread.
 *
 * @param <T> of the value
 */
public final class Broadcast<T extends @Nullable Object> implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1;

    private final long number;

    /** Null only in what a stream has just read, until it is resolved. */
    private final transient @Nullable Broadcasts home;

    Broadcast(long number, Broadcasts home) {
        this.number = number;
        this.home = home;
    }

    /** For kinds of pools outside this package whose workers share the objects of this JVM. */
    public static <T extends @Nullable Object> Broadcast<T> of(String pool, T value) {
        return new BroadcastsSent(pool).add(value, Payload.NONE);
    }

    /** For workers: the copies of all broadcasts that arrive in this process. */
    public static void arriveIn(Copies copies) {
        Broadcasts.ofThisProcess(new BroadcastsReceived(copies));
    }

    /**
     * The value; in a worker process or an isolate the worker's copy, for which the first who asks waits.
     *
     * @throws IllegalStateException if this broadcast, or its pool, was closed
     * @throws SerialisationException if the value cannot be read in this worker
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // it was a T when it was broadcast
    public T value() {
        return (T) home().value(number);
    }

    /**
     * The program and all workers let go of the value. Closing twice is harmless.
     *
     * @throws IllegalStateException in a worker process or an isolate: it is the program that closes
     */
    @Override
    public void close() {
        home().close(number);
    }

    private Broadcasts home() {
        return Objects.requireNonNull(home);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        Broadcasts.checkCrossing(this, home(), number);
        out.defaultWriteObject();
    }

    private Object readResolve() throws InvalidObjectException {
        return new Broadcast<>(number, Broadcasts.here());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Broadcast<?> that && number == that.number && home == that.home;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    /** {@code broadcast 3 of pool forkloom}. */
    @Override
    public String toString() {
        return "broadcast " + number + " of " + home;
    }
}
