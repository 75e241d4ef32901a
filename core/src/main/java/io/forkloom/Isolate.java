package io.forkloom;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.Callee;
import io.forkloom.internal.codec.Copies;
import io.forkloom.internal.supervise.ResourceSource;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One worker's own copy of the program, and the functions that it was sent. For the worker's thread. */
final class Isolate {
    /** Whose it is. */
    record Worker(WorkerId id, Ledger ledger) {}

    /** How a failed call leaves the worker: the bytes of what the task threw. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Payload payload;

        private Failure(Payload payload) {
            super(null, null, false, false);
            this.payload = payload;
        }

        Payload payload() {
            return payload;
        }
    }

    private final Worker worker;
    private final ClassLoader loader;
    private final ByteBorder border;
    private final Callee callee;
    private final Broadcasts broadcasts;
    /** Held weakly by who tells it. */
    private final ResourceSource.Asker asker = this::forget;

    private final Copies copies;
    private final Object forgetting = new Object();
    /** Broadcasts that were closed while a task runs; it goes on with those that it has. Guarded by forgetting. */
    private final Set<Long> closed = new HashSet<>();

    private boolean atTask; // guarded by forgetting
    private final Set<Long> defined = new HashSet<>();
    private List<Object> states = List.of();

    Isolate(Worker worker, ClassLoader loader, ByteBorder border) {
        this.worker = worker;
        this.loader = loader;
        this.border = border;
        this.copies = new Copies(border.accepted(), loader, this::fetch);
        this.broadcasts = new BroadcastsReceived(copies);
        this.callee = new Callee(border.accepted(), loader, border.messageLimit(), SerialisationException::new);
    }

    /** Before the first call. */
    void prepare(RemoteCall preparation) throws Exception {
        expect(preparation);
        states = broadcasts.during(() -> callee.run(
                preparation.function(),
                preparation.payload().own(),
                (name, call) -> TaskContext.state(call.kind(), call.function(), as(0).run(name, call))));
    }

    /** What the call gives. No array is shared: one goes in for each attempt, and another one comes out. */
    Payload run(RemoteCall call, long ticket) throws Exception {
        expect(call);
        Callee.Answer answer;
        begin();
        try {
            answer = broadcasts.during(
                    () -> callee.answer(call.function(), call.payload().own(), as(ticket)));
        } finally {
            end();
        }
        if (answer.failed()) {
            throw new Failure(answer.payload());
        }
        return answer.payload().own();
    }

    private void begin() {
        synchronized (forgetting) {
            atTask = true;
        }
    }

    private void end() {
        synchronized (forgetting) {
            atTask = false;
            closed.forEach(copies::forget);
            closed.clear();
        }
    }

    /** On the thread of whoever closes it. */
    private void forget(long broadcast) {
        synchronized (forgetting) {
            if (atTask) {
                closed.add(broadcast);
            } else {
                copies.forget(broadcast);
            }
        }
    }

    private void expect(RemoteCall call) throws IOException {
        Thread.currentThread().setContextClassLoader(loader); // an earlier task may have left another one
        if (call.function() != 0 && defined.add(call.function())) {
            callee.define(call.function(), call.definition());
        }
    }

    private Payload fetch(long broadcast) {
        return border.fetch(broadcast, asker).own();
    }

    private Callee.Body<@Nullable Object> as(long ticket) {
        return (name, call) -> new TaskContext(worker.id, name, worker.ledger, ticket, states)
                .run(call.context(), call.kind(), call.function(), call.arguments());
    }
}
