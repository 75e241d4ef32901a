package io.forkloom.internal.supervise;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The reading end of a pipe into which a process prints, of which the reader can be sent home. A process that the worker
 * has started holds the pipe open for as long as it likes, and a thread that waits in a read of the JDK's stream waits as
 * long. A wait in a channel, though, ends when the channel is closed. For one reader.
 */
final class OutputPipe extends InputStream {
    /** What a pipe can hold at the most, and so what a dead process may have left in it. */
    private static final int LARGEST = 1 << 20;

    private final FileInputStream file;
    private final FileChannel channel;

    /** Whether the reader is about to wait, or waits. */
    private volatile boolean waiting;

    private volatile boolean finishing;

    /** Bytes that are still read after that; of the reader alone. */
    private int left = LARGEST;

    private OutputPipe(FileInputStream file) {
        this.file = file;
        this.channel = file.getChannel();
    }

    /**
     * Takes the place of the JDK's own stream. Where there is no /proc that one stays.
     *
     * @param number of the process's descriptor: 1 or 2
     */
    static InputStream of(Process process, int number, InputStream own) {
        var path = Path.of("/proc", Long.toString(process.pid()), "fd", Integer.toString(number));
        // The JDK holds this lock when it takes what is left in the pipe of a process that has ended.
        synchronized (own) {
            try {
                if (Files.readSymbolicLink(path).toString().startsWith("pipe:")) {
                    var pipe = new OutputPipe(new FileInputStream(path.toFile()));
                    own.close();
                    return pipe;
                }
            } catch (IOException e) {
                // Another system, no descriptor to spare, or the process has ended.
            }
        }
        return own;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waiting = true;
        try {
            if (finishing && (left <= 0 || file.available() == 0)) {
                return -1;
            }
            int count = channel.read(ByteBuffer.wrap(bytes, offset, length));
            left -= finishing ? count : 0;
            return count;
        } catch (ClosedChannelException e) {
            return -1; // sent home
        } finally {
            waiting = false;
        }
    }

    /** The process is dead: what stands in the pipe is still read, and nothing is waited for. */
    void finish() throws IOException {
        finishing = true;
        if (waiting && file.available() == 0) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
