package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.dispatch.Pace;
import io.forkloom.internal.supervise.ThreadWorker;
import io.forkloom.internal.wire.RemoteCall;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The border between class loaders of one JVM: bytes cross it, as to another JVM, but by no wire. */
final class IsolateBorder implements Border<ThreadWorker.Call> {
    private final ByteBorder bytes;
    private final ClassLoader program = ByteBorder.loader();
    private final Optional<RemoteCall> preparation;
    /** Of the worker's thread, and gone with it. */
    @SuppressWarnings("ThreadLocalUsage") // each pool has its own, and its threads end with it
    private final ThreadLocal<@Nullable Isolate> isolates = new ThreadLocal<>();

    IsolateBorder(ByteBorder bytes, Optional<RemoteCall> preparation) {
        this.bytes = bytes;
        this.preparation = preparation;
    }

    @Override
    public Crossing<ThreadWorker.Call> cross(CallKind kind, Serializable function, @Nullable Object... arguments) {
        var crossing = bytes.cross(kind, function, arguments);
        var call = crossing.call();
        // A pace that never learns: between threads there is no round trip to hide.
        return new Crossing<>(
                (worker, ledger, ticket) ->
                        isolate(new Isolate.Worker(worker, ledger)).run(call, ticket),
                crossing.bytes(),
                crossing.shape(),
                new Pace());
    }

    private Isolate isolate(Isolate.Worker worker) throws Exception {
        var known = isolates.get();
        if (known != null) {
            return known;
        }
        var isolate = new Isolate(worker, new IsolateLoader(program), bytes);
        if (preparation.isPresent()) {
            isolate.prepare(preparation.get());
        }
        isolates.set(isolate);
        return isolate;
    }

    @Override
    public @Nullable Object value(@Nullable Object payload, String name) {
        return bytes.value(payload, name);
    }

    @Override
    public Throwable failure(@Nullable Object payload) {
        return switch (payload) {
            case Isolate.Failure failure -> bytes.failure(failure.payload());
            case Throwable ours -> ours;
            case null, default -> bytes.failure(payload); // of an element of a chunk
        };
    }

    @Override
    public <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
        return bytes.broadcast(value);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
