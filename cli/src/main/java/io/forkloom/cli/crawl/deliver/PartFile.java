package io.forkloom.cli.crawl.deliver;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.forkloom.cli.InputException;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows as {@code NAME.part} and gets its name when it is complete. What was written since the last
 * {@link #flush} may be in it or not after a crash, in part too: whoever opens it again says how much of it holds.
 */
final class PartFile implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final Path target;
    private final Path part;
    private final boolean gzip;
    private final FileChannel channel;
    private final Counted out;
    private @Nullable GzipMember member;
    private boolean forced;

    private PartFile(Path target, boolean gzip, FileChannel channel, long length) throws IOException {
        this.target = target;
        this.part = Beside.of(target, Beside.PART);
        this.gzip = gzip;
        this.channel = channel;
        // Only now that nobody else is at work on it.
        channel.truncate(length);
        channel.position(length);
        this.out = new Counted(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), length);
    }

    /** Begins a file anew. */
    static PartFile create(Path target, boolean gzip) throws IOException {
        return open(target, gzip, 0, READ, WRITE, CREATE);
    }

    /**
     * Goes on behind the first {@code length} bytes, and drops the rest. A file that has its name already gets back to being a
     * part, if it has this very length.
     */
    static PartFile at(Path target, boolean gzip, long length) throws IOException {
        Path part = Beside.of(target, Beside.PART);
        if (!Beside.isThere(part) && Files.exists(target)) {
            if (Files.size(target) != length) {
                throw changed(target, Files.size(target), length);
            }
            Files.move(target, part, StandardCopyOption.ATOMIC_MOVE);
        }
        if (!Files.exists(part)) {
            throw new InputException(part + " is gone, and there were results of " + length
                    + " bytes in it: bring it back, or begin anew with --overwrite");
        }
        if (Files.size(part) < length) {
            throw changed(part, Files.size(part), length);
        }
        return open(target, gzip, length, READ, WRITE);
    }

    private static InputException changed(Path file, long is, long was) {
        return new InputException(file + " has " + is + " bytes, and the crawl had left " + was
                + ": it was changed since. Bring it back as it was, or begin anew with --overwrite");
    }

    private static PartFile open(Path target, boolean gzip, long length, OpenOption... options) throws IOException {
        var channel = Claim.lock(Beside.of(target, Beside.PART), options);
        try {
            return new PartFile(target, gzip, channel, length);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Bytes, with those that are still in the buffer; of compressed ones some are not counted before the flush. */
    long size() {
        return out.bytes;
    }

    /** Even no bytes begin a gzip member: an empty file is none. */
    void write(byte[] bytes) throws IOException {
        if (!gzip) {
            out.write(bytes);
            return;
        }
        if (member == null) {
            member = new GzipMember(out);
        }
        member.write(bytes);
    }

    /** Waits until all of it is on the disk; the size then is where a gzip member ends. */
    void flush() throws IOException {
        if (member != null) {
            member.close();
            member = null;
        }
        out.flush();
        channel.force(false);
        if (!forced) {
            Beside.force(Beside.folder(part));
            forced = true;
        }
    }

    /** Reads by its own channel: the kernel drops our lock when any other on the same file is closed. */
    boolean beginsWith(byte[] bytes) throws IOException {
        long here = channel.position();
        channel.position(0);
        InputStream in = Channels.newInputStream(channel);
        boolean same = Arrays.equals((gzip ? new GZIPInputStream(in) : in).readNBytes(bytes.length), bytes);
        channel.position(here);
        return same;
    }

    /** Gives a file its name, once it was flushed. */
    static void publish(Path target, boolean overwrite) throws IOException {
        Path part = Beside.of(target, Beside.PART);
        if (!overwrite && Files.exists(target) && Files.size(target) > 0) {
            // Hours of work are not thrown away because somebody else wrote a file meanwhile.
            throw new IOException(target + " appeared meanwhile; the results are in " + part);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Without a flush: what was not flushed is to be written again anyway. */
    @Override
    public void close() throws IOException {
        if (member != null) {
            member.discard();
        }
        channel.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long bytes;

        Counted(OutputStream out, long bytes) {
            this.out = out;
            this.bytes = bytes;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            out.write(some, offset, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
