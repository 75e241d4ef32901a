package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.Bootstrap;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Question;
import io.forkloom.internal.wire.Frame.Ready;
import io.forkloom.internal.wire.Frame.StartFailed;
import io.forkloom.internal.wire.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a pool and a worker process come together, step by step: the process is {@link #launch launched}, all is {@link
 * #prepare prepared} that it will find, it is told where to
 * connect, {@link #accept accepted}, and {@link #awaitReady heard} until it is ready. Closing it, from any thread, ends the
 * waiting for the connection, and removes what it needed in the file system.
 */
final class Meeting implements AutoCloseable {
    private final WorkerId id;
    private final WorkerSpec spec;
    private final String cookie;
    private final Rendezvous rendezvous;

    private Meeting(WorkerId id, WorkerSpec spec, String cookie, Rendezvous rendezvous) {
        this.id = id;
        this.spec = spec;
        this.cookie = cookie;
        this.rendezvous = rendezvous;
    }

    static Meeting open(WorkerId id, WorkerSpec spec, String cookie) throws IOException {
        return new Meeting(id, spec, cookie, Rendezvous.open());
    }

    Process launch() throws IOException {
        return spec.start(id, cookie, rendezvous);
    }

    /** The ledger, and a socket to connect to: while the process starts. */
    Ledger prepare() throws IOException {
        rendezvous.listen();
        return rendezvous.ledger();
    }

    /** What the worker is told first: nothing of it is in the command line. */
    Frame bootstrap() {
        var initializer = spec.initializer();
        return new Frame.Start(new Bootstrap(
                        rendezvous.socket().toString(),
                        rendezvous.ledgerFile().toString(),
                        rendezvous.secret(),
                        cookie,
                        id.slot(),
                        id.generation(),
                        spec.messageLimit(),
                        spec.accepted(),
                        initializer.map(call -> call.definition()).orElse(Frame.EMPTY),
                        initializer.map(call -> call.payload()).orElse(Payload.NONE))
                .toBytes());
    }

    /** Waits until the worker has connected. What it needed for that is gone before any code of the user runs. */
    Link accept() throws IOException {
        var met = rendezvous.accept(id.generation(), spec.messageLimit(), spec.poolName() + "-" + id);
        close();
        return met;
    }

    /** Waits for its initialiser, which may ask for classes; gives the problem if it does not become ready. */
    static Optional<String> awaitReady(Link link, ResourceDesk desk) throws IOException {
        var first = link.read();
        while (first instanceof Question question) {
            desk.serve(question, link);
            first = link.read();
        }
        if (first instanceof StartFailed(var trace)) {
            return Optional.of("its initialiser failed: " + new String(trace, StandardCharsets.UTF_8));
        }
        if (!(first instanceof Ready)) {
            return Optional.of(first == null ? "it ended before it was ready" : "it began with " + first);
        }
        return Optional.empty();
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        try {
            rendezvous.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
