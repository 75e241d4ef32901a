package io.forkloom.cli.crawl.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, read so that the reader can be interrupted: a read of a terminal or a pipe cannot be, so a daemon
 * thread does it and hands the pieces over one by one. It stays behind in its read when the crawl ends early.
 */
public final class StandardInput extends InputStream {
    private static final byte[] END = new byte[0];

    private final BlockingQueue<Object> pieces = new SynchronousQueue<>();
    private final InputStream in;
    private @Nullable Thread pump;
    private byte[] piece = END;
    private int from;
    private boolean ended;

    public StandardInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (from == piece.length && !take()) {
            return -1;
        }
        int count = Math.min(length, piece.length - from);
        System.arraycopy(piece, from, bytes, offset, count);
        from += count;
        return count;
    }

    private boolean take() throws IOException {
        if (ended) {
            return false;
        }
        if (pump == null) {
            pump = Thread.ofPlatform().daemon().name("forkloom-stdin").start(this::pump);
        }
        try {
            Object taken = pieces.take();
            if (taken instanceof IOException failure) {
                ended = true;
                throw failure;
            }
            piece = (byte[]) taken;
            from = 0;
            ended = piece.length == 0;
            return !ended;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for standard input");
        }
    }

    private void pump() {
        var buffer = new byte[8_192];
        try {
            int count;
            do {
                count = in.read(buffer);
                pieces.put(count > 0 ? Arrays.copyOf(buffer, count) : END);
            } while (count > 0);
        } catch (IOException failure) {
            hand(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only the reader can say what a failure means for the crawl. */
    private void hand(IOException failure) {
        try {
            pieces.put(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
