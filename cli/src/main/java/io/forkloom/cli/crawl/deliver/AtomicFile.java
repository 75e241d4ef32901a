package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there as a whole or not at all: written under a hidden name in the same folder, renamed by
 * {@link #commit}. Without a commit {@link #close} removes what was written.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final boolean overwrite;
    private final FileChannel channel;
    private final OutputStream stream;
    private boolean committed;

    private AtomicFile(Path target, Path temporary, boolean overwrite) throws IOException {
        this.target = target;
        this.temporary = temporary;
        this.overwrite = overwrite;
        // Not createTempFile: its mode 0600 would stay with the file after the rename.
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10);
    }

    public static AtomicFile create(Path target, boolean overwrite) throws IOException {
        Path name = target.getFileName();
        if (name == null) {
            throw new InputException(target + " is not the name of a file");
        }
        String hidden = "." + name + "." + ProcessHandle.current().pid() + ".tmp";
        return new AtomicFile(target, target.resolveSibling(hidden), overwrite);
    }

    public OutputStream stream() {
        return stream;
    }

    Path temporary() {
        return temporary;
    }

    /** Gives the file its name, once its bytes are on the disk: a power cut leaves no empty file under it either. */
    public void commit() throws IOException {
        stream.flush();
        channel.force(true);
        channel.close();
        if (!overwrite && Files.exists(target)) {
            // Hours of work are not thrown away because somebody else wrote a file meanwhile.
            committed = true;
            throw new IOException(target + " appeared meanwhile; the results are in " + temporary);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        committed = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) {
            Files.deleteIfExists(temporary);
        }
    }
}
