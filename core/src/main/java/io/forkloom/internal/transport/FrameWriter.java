package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts frames on a channel, in the order of {@link #enqueue}; for any thread.
 *
 * <p>{@code enqueue} only appends to a queue, so that a caller can fix the order under a lock of its own.
 * {@link #flush} copies all that waits into one buffer and writes it. On a channel in non-blocking mode it never waits:
 * what the socket does not take is left to a thread of the writer's own, started when first needed. On one in blocking
 * mode it writes everything.
 *
 * <p>After an error nothing is written any more, and nobody is told: the reader of the other connection is.
 */
public final class FrameWriter implements AutoCloseable {
    /** Bytes of one write. Copying into one buffer beats a gathering write of many small ones by far. */
    private static final int BUFFER = 128 * 1024;

    private final SocketChannel channel;
    private final int generation;
    private final String name;

    private final ReentrantLock queueLock = new ReentrantLock();
    private final ArrayDeque<Frame> queue = new ArrayDeque<>();

    // Guarded by writing, as is the writing to the channel.
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN).flip();
    private byte[] rest = Frame.EMPTY;
    private int restAt;
    private @Nullable Thread helper;

    /** The socket is full and the helper waits for room; whoever comes meanwhile leaves its frames in the queue. */
    private volatile boolean stuck;

    private volatile boolean closed;

    public FrameWriter(SocketChannel channel, int generation, String name) {
        this.channel = channel;
        this.generation = generation;
        this.name = name;
    }

    public void enqueue(Frame frame) {
        queueLock.lock();
        try {
            queue.add(frame);
        } finally {
            queueLock.unlock();
        }
    }

    /** See the class. */
    public void flush() {
        // Whoever holds the lock may have looked at the queue before our frame came: so look again after it let go.
        while (!closed && !stuck && !isEmpty() && writing.tryLock()) {
            try {
                if (!stuck && !writeAll()) {
                    stuck = true;
                    startHelper();
                }
            } catch (IOException e) {
                close();
            } finally {
                writing.unlock();
            }
        }
    }

    /** Nothing more is written; the channel belongs to somebody else. */
    @Override
    public void close() {
        closed = true;
        var running = helper;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Whether everything that waits was taken by the socket. */
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
    private void fill() {
        while (true) {
            int part = Math.min(rest.length - restAt, buffer.remaining());
            buffer.put(rest, restAt, part);
            restAt += part;
            if (restAt < rest.length || buffer.remaining() < Header.BYTES) {
                return;
            }
            rest = Frame.EMPTY;
            restAt = 0;
            var next = poll();
            if (next == null) {
                return;
            }
            Header.put(next, generation, buffer);
            rest = next.payload();
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

    private void startHelper() {
        if (helper == null) {
            helper = Thread.ofPlatform().daemon().name(name + "-writer").unstarted(this::help);
            helper.start();
        } else {
            LockSupport.unpark(helper);
        }
    }

    /** The helper: while the socket is full, waits for room and writes; then sleeps until it is full again. */
    private void help() {
        try (var selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (!closed) {
                if (stuck) {
                    selector.select();
                    selector.selectedKeys().clear();
                    writeStuck();
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (IOException | ClosedSelectorException | CancelledKeyException e) {
            closed = true;
        }
    }

    private void writeStuck() throws IOException {
        writing.lock();
        try {
            stuck = !writeAll();
        } finally {
            writing.unlock();
        }
        // A frame that came between the last look and stuck = false was left to us by its flush.
        flush();
    }
}
