package io.forkloom.cli.crawl.deliver;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.forkloom.cli.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Keeps a second crawl away from a place, until it is closed, or its process is gone in whatever way. Where the place is not
 * itself a part, it is an empty {@code OUT.part} that is locked; it is there as long as the crawl is not complete.
 */
final class Claim implements Closeable {
    private final Path file;
    private final FileChannel channel;

    private Claim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static Claim of(Path place) throws IOException {
        Path file = Beside.of(place, Beside.PART);
        return new Claim(file, lock(file, WRITE, CREATE));
    }

    /** Opens a file that is a part. */
    static FileChannel lock(Path file, OpenOption... options) throws IOException {
        var channel = FileChannel.open(file, options);
        try {
            // One that got the lock because another crawl has just ended, holds a file that has another name now.
            if (tryLock(channel) && Files.exists(file)) {
                return channel;
            }
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        throw new InputException(
                "another crawl is writing " + file + ": wait until it has ended, or name another place with --to");
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisJvm) {
            return false;
        }
    }

    /** The crawl is complete. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
