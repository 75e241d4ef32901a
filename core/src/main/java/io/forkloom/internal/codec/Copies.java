package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The values of broadcasts in one worker. Each is fetched and decoded once, when it is first asked for, and kept until it
 * is forgotten. For any thread: who asks while another one fetches the same value waits for that.
 */
public final class Copies {
    private final String accepted;
    private final ClassLoader loader;
    private final Source source;
    private final ConcurrentHashMap<Long, Copy> copies = new ConcurrentHashMap<>();

    /** Where the bytes of a value are had, in the form of {@link Values}. */
    @FunctionalInterface
    public interface Source {
        /** Waits. The exception says why there are none. */
        Payload fetch(long broadcast) throws IOException;
    }

    public Copies(String accepted, ClassLoader loader, Source source) {
        this.accepted = accepted;
        this.loader = loader;
        this.source = source;
    }

    /** What could not be had or read is tried again by whoever asks next. */
    public @Nullable Object get(long broadcast) throws IOException, CodecException {
        // There before it is fetched: what is forgotten meanwhile is given to who asked, and not kept.
        var copy = copies.computeIfAbsent(broadcast, any -> new Copy());
        boolean had = false;
        try {
            var value = copy.get(broadcast);
            had = true;
            return value;
        } finally {
            if (!had) {
                copies.remove(broadcast, copy);
            }
        }
    }

    public void forget(long broadcast) {
        copies.remove(broadcast);
    }

    private final class Copy {
        private final ReentrantLock lock = new ReentrantLock();
        private boolean decoded;
        private @Nullable Object value;

        @Nullable
        Object get(long broadcast) throws IOException, CodecException {
            lock.lock();
            try {
                if (!decoded) {
                    value = Values.decode(
                            "the value of broadcast " + broadcast, source.fetch(broadcast), accepted, loader);
                    decoded = true;
                }
                return value;
            } finally {
                lock.unlock();
            }
        }
    }
}
