package io.forkloom.internal.supervise;

import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.wire.Frame.Fetch;
import io.forkloom.internal.wire.Frame.Forget;
import io.forkloom.internal.wire.Frame.Found;
import io.forkloom.internal.wire.Frame.Question;
import io.forkloom.internal.wire.Frame.Want;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gives one worker what it wants of the program. On a thread of its own, which is there only while a worker asks: looking
 * runs code of the program's class loaders, and the reply waits for a worker that may be stopped.
 */
final class ResourceDesk implements ResourceSource.Asker, AutoCloseable {
    /** A worker that asks for one class soon asks for the next. */
    private static final long LINGER_SECONDS = 5;

    private final ResourceSource source;
    private final int limit;
    private final ThreadPoolExecutor thread;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Link asking;

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
    void serve(Question question, Link link) throws ProtocolException {
        if (busy.getAndSet(true)) {
            throw new ProtocolException("it asked for something before it had an answer");
        }
        asking = link;
        thread.execute(() -> {
            var found = answer(question);
            busy.set(false); // before the worker can ask again
            link.reply(found);
        });
    }

    private Found answer(Question question) {
        try {
            return switch (question) {
                case Want(var all, var name) -> find(new String(name, StandardCharsets.UTF_8), all);
                case Fetch(var broadcast) -> new Found(false, source.fetch(broadcast, this));
            };
        } catch (IOException | RuntimeException | Error e) { // of the program's class loaders
            return refusal(String.valueOf(e.getMessage()));
        }
    }

    private Found find(String name, boolean all) throws IOException {
        byte[] bytes = Resource.toBytes(source.find(name, all, limit));
        return bytes.length <= limit
                ? new Found(false, Payload.of(bytes))
                : refusal(name + " has " + bytes.length + " bytes, the limit is " + limit);
    }

    /** Behind the calls that the worker was given before. */
    @Override
    public void forget(long broadcast) {
        var link = asking;
        if (link != null) {
            link.send(new Forget(broadcast));
        }
    }

    private static Found refusal(String why) {
        return new Found(
                true, Payload.of(why.substring(0, Math.min(why.length(), 300)).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
