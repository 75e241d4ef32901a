package io.forkloom.cli.crawl.deliver;

import io.forkloom.async.Async;
import io.forkloom.async.ItemFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes each result into a file of its own, beside its place, and renames it once it is on the disk. What a crash leaves
 * beside is overwritten when the result comes again. What it remembers is a batch.
 */
final class FolderSink implements Sink {
    static final long BEGUN = 1;
    private static final int AT_ONCE = 16;

    private final Path folder;
    private final Claim claim;
    private final Set<Path> known = new HashSet<>(); // 256 at most
    private final Map<Path, Path> waiting = new LinkedHashMap<>(); // final names, and what is to get them

    FolderSink(Path folder, Claim claim) {
        this.folder = folder;
        this.claim = claim;
    }

    @Override
    public void write(Parcel parcel) throws IOException {
        Path file = folder.resolve(FileNames.of(parcel.key()));
        Path below = below(file);
        if (known.add(below)) {
            Files.createDirectories(below);
        }
        Path part = Beside.of(file, Beside.PART);
        Files.write(part, parcel.result().json());
        waiting.put(file, part);
    }

    @Override
    public long flush() throws IOException, InterruptedException {
        forceAll(waiting.values(), FolderSink::force);
        for (var entry : waiting.entrySet()) {
            Files.move(entry.getValue(), entry.getKey(), StandardCopyOption.ATOMIC_MOVE);
        }
        var touched = new HashSet<Path>();
        waiting.keySet().forEach(file -> touched.add(below(file)));
        touched.add(folder);
        forceAll(touched, Beside::force);
        waiting.clear();
        return BEGUN;
    }

    private interface Force {
        void force(Path path) throws IOException;
    }

    /** The disk takes many at once in little more time than one. */
    private static void forceAll(Collection<Path> paths, Force force) throws IOException, InterruptedException {
        try {
            Async.amap(paths, path -> {
                        force.force(path);
                        return true;
                    })
                    .limit(AT_ONCE)
                    .asCompleted()
                    .toList();
        } catch (ItemFailedException failed) {
            throw failed.getCause() instanceof IOException failure ? failure : new IOException(failed);
        }
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    private static Path below(Path file) {
        return file.resolveSibling(".").normalize();
    }

    /** What was flushed has its name already. */
    @Override
    public void commit() throws IOException {
        claim.remove();
    }

    @Override
    public void close() throws IOException {
        claim.close();
    }
}
