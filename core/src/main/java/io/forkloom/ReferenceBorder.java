package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.dispatch.Pace;
import io.forkloom.internal.supervise.ThreadWorker;
import io.forkloom.internal.wire.Payload;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** No border: workers are threads of this JVM and share its objects. */
final class ReferenceBorder implements Border<ThreadWorker.Call> {
    private final Preparation preparation;
    private final ContextCarrier carrier;
    /** Of the worker's thread, and gone with it. */
    @SuppressWarnings("ThreadLocalUsage") // each pool has its own, and its threads end with it
    private final ThreadLocal<@Nullable List<Object>> states = new ThreadLocal<>();

    private final BroadcastsSent broadcasts;

    ReferenceBorder(String pool, List<Task<?>> states, ContextCarrier carrier) {
        this.broadcasts = new BroadcastsSent(pool);
        this.preparation = new Preparation(List.of(), List.copyOf(states));
        this.carrier = carrier;
    }

    @Override
    public Crossing<ThreadWorker.Call> cross(CallKind kind, Serializable function, @Nullable Object... arguments) {
        var shape = Shape.of(function);
        var context = Carried.by(carrier);
        // A pace that never learns: between threads there is no round trip to hide.
        return new Crossing<>(
                (worker, ledger, ticket) -> new TaskContext(worker, shape.name(), ledger, ticket, state())
                        .run(context, kind, function, arguments),
                0,
                shape,
                new Pace());
    }

    private List<Object> state() throws Exception {
        var known = states.get();
        if (known == null) {
            known = preparation.call();
            states.set(known);
        }
        return known;
    }

    @Override
    public @Nullable Object value(@Nullable Object payload, String name) {
        return payload;
    }

    @Override
    public Throwable failure(@Nullable Object payload) {
        return (Throwable) Objects.requireNonNull(payload);
    }

    @Override
    public <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
        return broadcasts.add(value, Payload.NONE);
    }

    @Override
    public void close() {
        broadcasts.closeAll();
    }
}
