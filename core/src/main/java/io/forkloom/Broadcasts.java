package io.forkloom;

import java.io.InvalidObjectException;
import org.jspecify.annotations.Nullable;

/**
 * One end of the broadcasts of a pool: the pool's own, or that of one worker. Only the number of a broadcast crosses from
 * one end to the other, within whatever is encoded; who encodes or decodes says which end it is ({@link #during}).
 */
abstract sealed class Broadcasts permits BroadcastsSent, BroadcastsReceived {
    private static final ScopedValue<Broadcasts> HERE = ScopedValue.newInstance();

    /** In a worker process: whatever a thread of it reads has come from its pool. */
    private static volatile @Nullable Broadcasts process;

    abstract @Nullable Object value(long number);

    abstract void close(long number);

    /** Why this broadcast cannot cross to the other end any more. */
    abstract void checkOpen(long number);

    static void ofThisProcess(Broadcasts received) {
        process = received;
    }

    <R extends @Nullable Object, X extends Exception> R during(ScopedValue.CallableOp<R, X> body) throws X {
        return ScopedValue.where(HERE, this).call(body);
    }

    /** The end that is encoded or decoded at. */
    static Broadcasts here() throws InvalidObjectException {
        var bound = HERE.isBound() ? HERE.get() : process;
        if (bound == null) {
            throw new InvalidObjectException(
                    "a broadcast can be sent and read only as a part of a task and its result");
        }
        return bound;
    }

    static void checkCrossing(Broadcast<?> broadcast, Broadcasts home, long number) throws InvalidObjectException {
        var here = here();
        if (here != home) {
            throw new InvalidObjectException(
                    broadcast + " does not cross to the workers of " + here + ": broadcast its value there too");
        }
        home.checkOpen(number);
    }
}
