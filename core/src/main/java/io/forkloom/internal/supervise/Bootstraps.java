package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.Bootstrap;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells a new process on its standard input where to connect. The stream stays open: its end says that we are gone. */
final class Bootstraps {
    private Bootstraps() {}

    static void send(Process process, WorkerSpec spec, Rendezvous rendezvous, WorkerId id, String cookie)
            throws IOException {
        var initializer = spec.initializer();
        var start = new Frame.Start(new Bootstrap(
                        rendezvous.socket().toString(),
                        rendezvous.ledgerFile().toString(),
                        rendezvous.secret(),
                        cookie,
                        id.slot(),
                        id.generation(),
                        spec.messageLimit(),
                        spec.accepted(),
                        initializer.map(call -> call.definition()).orElse(Frame.EMPTY),
                        initializer.map(call -> call.payload()).orElse(Frame.EMPTY))
                .toBytes());
        var bytes = ByteBuffer.allocate(Header.BYTES + start.payload().length).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(start, id.generation(), bytes);
        bytes.put(start.payload());
        var out = process.getOutputStream();
        out.write(bytes.array());
        out.flush();
    }
}
