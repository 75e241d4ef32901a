package io.forkloom;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.Callee;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** One worker's own copy of the program, and the functions that it was sent. For the worker's thread. */
final class Isolate {
    /** Whose it is. */
    record Worker(WorkerId id, Ledger ledger) {}

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

    Isolate(Worker worker, ClassLoader loader, ByteBorder border) {
        this.worker = worker;
        this.loader = loader;
        this.callee = new Callee(border.accepted(), loader, border.messageLimit(), SerialisationException::new);
    }

    void initialise(RemoteCall action) throws Exception {
        prepare(action);
        var _ = callee.run(action.function(), action.payload(), as(0));
    }

    /** The bytes of what the call gives. */
    byte[] run(RemoteCall call, long ticket) throws Exception {
        prepare(call);
        var answer = callee.answer(call.function(), call.payload(), as(ticket));
        if (answer.failed()) {
            throw new Failure(answer.payload());
        }
        return answer.payload();
    }

    private void prepare(RemoteCall call) throws IOException {
        Thread.currentThread().setContextClassLoader(loader); // an earlier task may have left another one
        if (call.function() != 0 && defined.add(call.function())) {
            callee.define(call.function(), call.definition());
        }
    }

    private Callee.Body as(long ticket) {
        return (name, call) -> new TaskContext(worker.id, name, worker.ledger, ticket)
                .run(call.kind(), call.function(), call.arguments());
    }
}
