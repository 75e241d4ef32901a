package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.dispatch.Pace;
import io.forkloom.internal.supervise.ThreadWorker;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** No border: workers are threads of this JVM and share its objects. */
record ReferenceBorder(ContextCarrier carrier) implements Border<ThreadWorker.Call> {
    @Override
    public Crossing<ThreadWorker.Call> cross(CallKind kind, Serializable function, @Nullable Object... arguments) {
        var shape = Shape.of(function);
        var context = Carried.by(carrier);
        // A pace that never learns: between threads there is no round trip to hide.
        return new Crossing<>(
                (worker, ledger, ticket) -> new TaskContext(worker, shape.name(), ledger, ticket)
                        .run(carrier, context, kind, function, arguments),
                0,
                shape,
                new Pace());
    }

    @Override
    public @Nullable Object value(@Nullable Object payload, String name) {
        return payload;
    }

    @Override
    public Throwable failure(@Nullable Object payload) {
        return (Throwable) Objects.requireNonNull(payload);
    }
}
