package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Both directions of a connection, seen from one end. One thread reads; any may send. */
public final class Link implements AutoCloseable {
    private final FrameReader reader;
    private final FrameWriter writer;
    private final SocketChannel in;

    Link(FrameReader reader, FrameWriter writer, SocketChannel in) {
        this.reader = reader;
        this.writer = writer;
        this.in = in;
    }

    /** Waits for the next frame; null when the other end is gone. */
    public @Nullable Frame read() throws IOException {
        return reader.read();
    }

    /** For a worker: as {@link #read}, with the next call that is its own to run. */
    public @Nullable Frame read(Ledger ledger) throws IOException {
        return reader.read(ledger::claim);
    }

    /** Appends; see {@link FrameWriter}. */
    public void enqueue(Frame frame) {
        writer.enqueue(frame);
    }

    public void flush() {
        writer.flush();
    }

    public void send(Frame frame) {
        enqueue(frame);
        flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
        in.close();
    }
}
