package io.forkloom.internal.supervise;

import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.wire.Frame.Found;
import io.forkloom.internal.wire.Frame.Want;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives one worker what it wants of the program. On a thread of its own, which is there only while a worker asks: looking
 * runs code of the program's class loaders, and the reply waits for a worker that may be stopped.
 */
final class ResourceDesk implements AutoCloseable {
    /** A worker that asks for one class soon asks for the next. */
    private static final long LINGER_SECONDS = 5;

    private final ResourceSource source;
    private final int limit;
    private final ThreadPoolExecutor thread;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param limit bytes that a payload may have */
    ResourceDesk(ResourceSource source, int limit, String name) {
        this.source = source;
        this.limit = limit;
        this.thread = new ThreadPoolExecutor(
                0,
                1,
                LINGER_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Daemons.named(name + "-desk").factory());
    }

    /** Does not wait. */
    void serve(Want want, Link link) throws ProtocolException {
        if (busy.getAndSet(true)) {
            throw new ProtocolException("it asked for something before it had an answer");
        }
        thread.execute(() -> {
            var found = find(want);
            busy.set(false); // before the worker can ask again
            link.reply(found);
        });
    }

    private Found find(Want want) {
        String name = new String(want.name(), StandardCharsets.UTF_8);
        try {
            byte[] bytes = Resource.toBytes(source.find(name, want.all(), limit));
            return bytes.length <= limit
                    ? new Found(false, bytes)
                    : refusal(name + " has " + bytes.length + " bytes, the limit is " + limit);
        } catch (IOException | RuntimeException | Error e) { // of the program's class loaders
            return refusal(String.valueOf(e.getMessage()));
        }
    }

    private static Found refusal(String why) {
        return new Found(true, why.substring(0, Math.min(why.length(), 300)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
