package io.forkloom;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.Callee;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One worker's own copy of the program, and the functions that it was sent. For the worker's thread. */
final class Isolate {
    /** Whose it is. */
    record Worker(WorkerId id, Ledger ledger) {}

    /**
     * What is run before the first task.
     *
     * @param carrier a task that gives the carrier of contexts
     */
    record Preparation(Optional<RemoteCall> carrier, Optional<RemoteCall> initializer) {}

    /** How a failed call leaves the worker: the bytes of what the task threw. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;
        private final transient byte[] payload;

        private Failure(byte[] payload) {
            super(null, null, false, false);
            this.payload = payload;
        }

        byte[] payload() {
            return payload;
        }
    }

    private final Worker worker;
    private final ClassLoader loader;
    private final Callee callee;
    private final Set<Long> defined = new HashSet<>();
    private ContextCarrier carrier = ContextCarrier.NONE;

    Isolate(Worker worker, ClassLoader loader, ByteBorder border) {
        this.worker = worker;
        this.loader = loader;
        this.callee = new Callee(border.accepted(), loader, border.messageLimit(), SerialisationException::new);
    }

    void prepare(Preparation preparation) throws Exception {
        if (preparation.carrier.isPresent()) {
            carrier = (ContextCarrier) Objects.requireNonNull(runOnce(preparation.carrier.get()));
        }
        if (preparation.initializer.isPresent()) {
            var _ = runOnce(preparation.initializer.get());
        }
    }

    private @Nullable Object runOnce(RemoteCall call) throws Exception {
        receive(call);
        return callee.run(call.function(), call.payload(), as(0));
    }

    /** The bytes of what the call gives. */
    byte[] run(RemoteCall call, long ticket) throws Exception {
        receive(call);
        var answer = callee.answer(call.function(), call.payload(), as(ticket));
        if (answer.failed()) {
            throw new Failure(answer.payload());
        }
        return answer.payload();
    }

    private void receive(RemoteCall call) throws IOException {
        Thread.currentThread().setContextClassLoader(loader); // an earlier task may have left another one
        if (call.function() != 0 && defined.add(call.function())) {
            callee.define(call.function(), call.definition());
        }
    }

    private Callee.Body as(long ticket) {
        return (name, call) -> new TaskContext(worker.id, name, worker.ledger, ticket)
                .run(carrier, call.context(), call.kind(), call.function(), call.arguments());
    }
}
