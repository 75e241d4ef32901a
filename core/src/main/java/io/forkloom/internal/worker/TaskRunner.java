package io.forkloom.internal.worker;

import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.Callee;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Rehearsed;
import io.forkloom.internal.wire.Payload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs calls on this thread, as the tasks that they are. */
final class TaskRunner {
    /** So many take a millisecond or two, once the first one is done. */
    private static final int REHEARSALS = 20;

    private final WorkerId id;
    private final Ledger ledger;
    private final Callee callee;
    private List<Object> states = List.of();

    TaskRunner(WorkerId id, Ledger ledger, String accepted, int messageLimit, ClassLoader loader) {
        this.id = id;
        this.ledger = ledger;
        this.callee = new Callee(accepted, loader, messageLimit, SerialisationException::new);
    }

    void define(long function, byte[] definition) throws IOException {
        callee.define(function, definition);
    }

    void initialise(byte[] definition, Payload payload) throws Exception {
        long function = definition.length == 0 ? 0 : -1; // pools count from 1
        if (function != 0) {
            callee.define(function, definition);
        }
        states = callee.run(
                function,
                payload,
                (name, call) -> TaskContext.state(call.kind(), call.function(), as(0).run(name, call)));
    }

    /** The answer, whatever the task does; only an OutOfMemoryError comes out of here. */
    Answer run(long ticket, long function, Payload payload) {
        long from = Ticks.now();
        ledger.begin(ticket);
        var answer = callee.answer(function, payload, as(ticket));
        ledger.finish(ticket);
        return new Answer(ticket, answer.failed(), Ticks.now() - from, answer.payload());
    }

    /**
     * As a call of nobody's, several times: then all is loaded and linked that the first call needs. Where that has come
     * already, once.
     */
    Rehearsed rehearse(long function, Payload payload) {
        var answer = callee.answer(function, payload, as(0));
        for (int i = 1; i < REHEARSALS && ledger.finished() == 0; i++) {
            answer = callee.answer(function, payload, as(0));
        }
        return new Rehearsed(answer.payload());
    }

    /** What the first call of this function would have to wait for. */
    void study(long function) {
        callee.link(function);
    }

    private Callee.Body<@Nullable Object> as(long ticket) {
        return (name, call) -> new TaskContext(id, name, ledger, ticket, states)
                .run(call.context(), call.kind(), call.function(), call.arguments());
    }
}
