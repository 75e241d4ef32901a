package io.forkloom.internal.transport;

import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import io.forkloom.internal.wire.Payload;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames on a channel, in the order of {@link #enqueue}; for any thread.
 *
 * <p>{@code enqueue} only appends to a queue, so that a caller can fix the order under a lock of its own.
 * {@link #flush} copies all that waits into one buffer and writes it. That of a {@link #blocking} writer returns when all
 * that was enqueued before it is written. A {@link #nonBlocking} one never waits: what the socket does not take is left to a thread of the writer's own, its
 * helper, for which the channel is in blocking mode until the socket has taken all.
 *
 * <p>After an error nothing is written any more, and the channel is closed: both ends find out by reading.
 */
public final class FrameWriter implements AutoCloseable {
    /** Bytes of one write. Copying into one buffer beats a gathering write of many small ones by far. */
    private static final int BUFFER = 128 * 1024;

    /** From such a payload on the socket may hold more than by default: on busy cores the ends wait less for each other. */
    private static final int LARGE = 32 * 1024;

    private static final int LARGE_SOCKET = 256 * 1024;

    private final SocketChannel channel;
    private final int generation;
    private final @Nullable Thread helper;

    private final ReentrantLock queueLock = new ReentrantLock();
    private final ArrayDeque<Frame> queue = new ArrayDeque<>();

    // Guarded by writing, as is the writing to the channel, and its mode.
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();
    private Payload rest = Payload.NONE;
    private int restAt;
    private boolean widened;

    /** The socket is full and the rest is the helper's; whoever comes meanwhile leaves its frames in the queue. */
    private volatile boolean stuck;

    private volatile boolean closed;

    private FrameWriter(SocketChannel channel, int generation, Optional<String> name) {
        this.channel = channel;
        this.generation = generation;
        this.helper = name.isPresent() ? Daemons.named(name.get() + "-writer").unstarted(this::help) : null;
    }

    /** A writer whose flush waits until the socket has taken everything. */
    public static FrameWriter blocking(SocketChannel channel, int generation) {
        return new FrameWriter(channel, generation, Optional.empty());
    }

    /** A writer whose flush never waits; started with its helper, so that no thread can be missing later. */
    public static FrameWriter nonBlocking(SocketChannel channel, int generation, String name) throws IOException {
        channel.configureBlocking(false);
        var writer = new FrameWriter(channel, generation, Optional.of(name));
        Objects.requireNonNull(writer.helper).start();
        return writer;
    }

    public void enqueue(Frame frame) {
        queueLock.lock();
        try {
            queue.add(frame);
        } finally {
            queueLock.unlock();
        }
    }

    /** Writes more than frames to a channel. */
    @FunctionalInterface
    interface Writing {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /** Of a blocking writer: writes something between two frames that were enqueued. */
    void write(Writing frames) {
        writing.lock();
        try {
            if (!closed) {
                frames.writeTo(channel);
            }
        } catch (IOException e) {
            close();
        } finally {
            writing.unlock();
        }
    }

    /** See the class. */
    public void flush() {
        if (helper == null) {
            flushAll();
        } else {
            flushSome();
        }
    }

    /** Also where another thread has our frame in its hands: what our caller does next must come after it. */
    private void flushAll() {
        writing.lock();
        try {
            if (!closed) {
                writeAll();
            }
        } catch (IOException e) {
            close();
        } finally {
            writing.unlock();
        }
    }

    private void flushSome() {
        // Whoever holds the lock may have looked at the queue before our frame came: so look again after it let go.
        while (!closed && !stuck && !isEmpty() && writing.tryLock()) {
            try {
                if (!stuck && !writeAll()) {
                    stuck = true;
                    LockSupport.unpark(helper);
                }
            } catch (IOException e) {
                close();
            } finally {
                writing.unlock();
            }
        }
    }

    /** Nothing more is written; closes the channel too. */
    @Override
    public void close() {
        closed = true;
        try {
            channel.close(); // a helper that writes wakes up by that
        } catch (IOException e) {
            // It is of no more use either way.
        }
        LockSupport.unpark(helper);
    }

    /** Whether everything that waits was taken by the socket; always, where the channel is in blocking mode. */
    private boolean writeAll() throws IOException {
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                fill();
                buffer.flip();
                if (!buffer.hasRemaining()) {
                    return true;
                }
            }
            do {
                channel.write(buffer);
                // In blocking mode a signal can cut a write short; that says nothing about room.
            } while (buffer.hasRemaining() && channel.isBlocking());
            if (buffer.hasRemaining()) {
                return false;
            }
        }
    }

    /** Copies as much as fits: first what is left of a large payload, then the next frames. */
    private void fill() throws IOException {
        while (true) {
            restAt += rest.put(restAt, buffer);
            if (restAt < rest.bytes() || buffer.remaining() < Header.MOST_BYTES) {
                return;
            }
            rest = Payload.NONE;
            restAt = 0;
            var next = poll();
            if (next == null) {
                return;
            }
            Header.put(next, generation, buffer);
            rest = next.payload();
            if (rest.bytes() >= LARGE && !widened) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, LARGE_SOCKET);
                widened = true;
            }
        }
    }

    private @Nullable Frame poll() {
        queueLock.lock();
        try {
            return queue.poll();
        } finally {
            queueLock.unlock();
        }
    }

    private boolean isEmpty() {
        queueLock.lock();
        try {
            return queue.isEmpty();
        } finally {
            queueLock.unlock();
        }
    }

    /** The helper: sleeps until the socket is full, and then writes what waits. */
    private void help() {
        try {
            while (!closed) {
                if (stuck) {
                    writeRest();
                    // A frame that came between the last look and the end of being stuck was left to us by its flush.
                    flush();
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            close();
        }
    }

    private void writeRest() throws IOException {
        writing.lock();
        try {
            channel.configureBlocking(true);
            writeAll();
            channel.configureBlocking(false);
            stuck = false;
        } finally {
            writing.unlock();
        }
    }
}
