package io.forkloom;

import io.forkloom.internal.supervise.ResourceSource.Asker;
import io.forkloom.internal.wire.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The pool's own end: holds what is broadcast until it is closed. For any thread. */
final class BroadcastsSent extends Broadcasts {
    /**
     * One that is open.
     *
     * @param bytes empty where workers share the objects of this JVM
     * @param askers who has a copy; weak, so that dead workers are not held
     */
    private record Sent(@Nullable Object value, Payload bytes, Map<Asker, Boolean> askers) {}

    private final String pool;
    private final Map<Long, Sent> open = new HashMap<>();
    private long last;
    private boolean closed;

    BroadcastsSent(String pool) {
        this.pool = pool;
    }

    synchronized <T extends @Nullable Object> Broadcast<T> add(T value, Payload bytes) {
        if (closed) {
            throw new PoolClosedException(this + " takes no more broadcasts: the pool was closed");
        }
        open.put(++last, new Sent(value, bytes, new WeakHashMap<>()));
        return new Broadcast<>(last, this);
    }

    /** The number comes from a worker. */
    synchronized Payload fetch(long number, Asker asker) {
        var sent = known(number);
        sent.askers.put(asker, true);
        return sent.bytes;
    }

    @Override
    @Nullable
    synchronized Object value(long number) {
        return known(number).value;
    }

    @Override
    synchronized void checkOpen(long number) {
        known(number);
    }

    @Override
    void close(long number) {
        for (var each : remove(number)) {
            each.forget(number);
        }
    }

    private synchronized Set<Asker> remove(long number) {
        var sent = open.remove(number);
        return sent == null ? Set.of() : Set.copyOf(sent.askers.keySet());
    }

    /** Of the pool itself: its workers end too. */
    synchronized void closeAll() {
        closed = true;
        open.clear();
    }

    private Sent known(long number) {
        var sent = open.get(number);
        if (sent == null) {
            throw new IllegalStateException(
                    number < 1 || number > last
                            ? this + " has never had a broadcast " + number
                            : "broadcast " + number + " of " + this
                                    + " was closed: close it when no task needs it any more");
        }
        return sent;
    }

    /** {@code pool forkloom}. */
    @Override
    public String toString() {
        return "pool " + pool;
    }
}
