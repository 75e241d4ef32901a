package io.forkloom.internal.worker;

import io.forkloom.internal.wire.OutputMark;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output or error of a worker, with a mark where the output of another task begins. A task that prints nothing
 * costs nothing: the mark of a task is written before its first byte, or at its start where the task before it has
 * printed. So what native code prints is under a mark, too: its own task's, or that of one which printed nothing.
 */
final class MarkedOutput extends OutputStream {
    private final OutputStream out;
    private long ticket;
    private long marked;
    /** Whether anything stands behind the last mark. */
    private boolean printed;

    MarkedOutput(FileDescriptor to) {
        this.out = new FileOutputStream(to);
    }

    /** For System.setOut and setErr. */
    PrintStream asPrintStream() {
        return new PrintStream(new BufferedOutputStream(this, 8192), true, StandardCharsets.UTF_8);
    }

    /** From here on this call prints. */
    synchronized void begin(long of) {
        ticket = of;
        if (printed) {
            try {
                mark();
            } catch (IOException e) {
                // Nobody reads it any more: then nobody misses the mark.
            }
        }
    }

    private void mark() throws IOException {
        out.write(OutputMark.of(ticket));
        marked = ticket;
        printed = false;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (marked != ticket) {
            mark();
        }
        out.write(bytes, offset, length);
        printed = true;
    }
}
