package io.forkloom.internal.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Standard input. Not the JDK's own channel for it, which an interrupt of the reading thread would close: a task that
 * interrupts every thread of its process must not cut the line to the pool.
 */
final class ControlChannel implements ReadableByteChannel {
    private final FileInputStream in = new FileInputStream(FileDescriptor.in);
    private final byte[] bytes = new byte[8192];

    @Override
    public int read(ByteBuffer to) throws IOException {
        int count = in.read(bytes, 0, Math.min(bytes.length, to.remaining()));
        if (count > 0) {
            to.put(bytes, 0, count);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
