package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Rehearsed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Both directions of a connection, seen from one end. One thread reads; any may send.
 *
 * <p>On the connection on which the worker answers, the way back is free: what the worker asks for comes on it. So neither
 * side can be kept from anything by a large resource, and where nothing is asked, nothing is spent.
 */
public final class Link implements AutoCloseable {
    private final FrameReader reader;
    private final FrameWriter writer;
    private final Ends ends;
    private final int generation;
    private final int limit;
    private final @Nullable Answers answers;
    private @Nullable FrameReader found;
    private @Nullable FrameWriter reply;

    /** The connection that is read, and the one on which the worker writes; in the pool that is the same. */
    record Ends(SocketChannel in, SocketChannel up) {}

    /** @param answers by which a worker answers; null in the pool */
    Link(FrameReader reader, FrameWriter writer, @Nullable Answers answers, Ends ends, int generation, int limit) {
        this.answers = answers;
        this.reader = reader;
        this.writer = writer;
        this.ends = ends;
        this.generation = generation;
        this.limit = limit;
    }

    /** Waits for the next frame; null when the other end is gone. */
    public @Nullable Frame read() throws IOException {
        return reader.read();
    }

    /** For a worker: as {@link #read}, with the next call that is its own to run. */
    public @Nullable Frame read(Ledger ledger) throws IOException {
        return reader.read(ledger::claim);
    }

    /** Whether the next frame will be read without waiting. */
    public boolean hasNext() {
        return reader.hasNext();
    }

    /** For a worker: sends the answer soon, at the latest before it waits in {@link #read}. */
    public void answer(Answer answer) throws IOException {
        Objects.requireNonNull(answers).send(answer, answer.nanos(), reader.hasNext());
    }

    /** For a worker: on the way of answers, so that this is learnt too. */
    public void answer(Rehearsed rehearsed) throws IOException {
        Objects.requireNonNull(answers).send(rehearsed, 0, false);
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

    /** For a worker: sends a question and waits for what comes back. One thread at a time, which nobody interrupts. */
    public Frame ask(Frame question) throws IOException {
        if (found == null) {
            found = FrameReader.trusting(ends.up, generation, limit, null);
        }
        send(question);
        var answer = found.read();
        if (answer == null) {
            throw new EOFException("the pool is gone");
        }
        return answer;
    }

    /** For the pool: sends what was asked for; waits until it is sent. One thread at a time, which nobody interrupts. */
    public void reply(Frame answer) {
        if (reply == null) {
            reply = FrameWriter.blocking(ends.up, generation);
        }
        reply.enqueue(answer);
        reply.flush();
    }

    /** For a worker: what was sent is still read, and then {@link #read} sees the end. The other end does not notice. */
    public void stopReading() throws IOException {
        ends.in.shutdownInput();
    }

    @Override
    public void close() throws IOException {
        writer.close();
        ends.in.close();
    }
}
