package io.forkloom.cli;

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
 * {@link #commit}, in place of what has the name. Without a commit {@link #close} removes what was written.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final OutputStream stream;

    private AtomicFile(Path target, Path temporary) throws IOException {
        this.target = target;
        this.temporary = temporary;
        // Not createTempFile: its mode 0600 would stay with the file after the rename.
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 64 << 10);
    }

    public static AtomicFile create(Path target) throws IOException {
        String hidden =
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
        return new AtomicFile(target, target.resolveSibling(hidden));
    }

    public OutputStream stream() {
        return stream;
    }

    /** Gives the file its name, once its bytes are on the disk: a power cut leaves no empty file under it either. */
    public void commit() throws IOException {
        stream.flush();
        channel.force(true);
        channel.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }
}
