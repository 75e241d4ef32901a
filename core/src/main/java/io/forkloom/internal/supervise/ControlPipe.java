package io.forkloom.internal.supervise;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The standard input of a worker, on which a thread of it always listens: first it is told where to connect, later what
 * it must hear while it computes. The stream stays open: its end says that we are gone.
 *
 * <p>Frames after the first are small and few, at most two for each call, so that even a stopped worker's pipe has room
 * for them: a write never waits.
 */
final class ControlPipe {
    private final OutputStream out;
    private final int generation;

    ControlPipe(OutputStream out, int generation) {
        this.out = out;
        this.generation = generation;
    }

    /** Whether the worker may hear it; not where it is gone. */
    boolean tell(Frame frame) {
        try {
            write(frame);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    synchronized void write(Frame frame) throws IOException {
        var payload = frame.payload().head();
        var bytes = ByteBuffer.allocate(Header.BYTES + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        Header.put(frame, generation, bytes);
        bytes.put(payload);
        out.write(bytes.array());
        out.flush();
    }
}
