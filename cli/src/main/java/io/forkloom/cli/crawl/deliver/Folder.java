package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with a JSON file a result, in up to 256 folders below it. Results come again by their names. */
record Folder(Path path, boolean overwrite) implements Target {

    @Override
    public String name() {
        return "folder:" + path;
    }

    @Override
    public Optional<Path> home() {
        return Optional.of(path);
    }

    @Override
    public void refuseExisting() throws IOException {
        if (!overwrite && Files.isDirectory(path) && !isEmpty()) {
            throw new InputException(path + " is not empty: name another folder, or give --overwrite to add to this"
                    + " one and to replace what has the same name");
        }
    }

    private boolean isEmpty() throws IOException {
        try (var entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }

    @Override
    public long end() {
        if (!Files.isDirectory(path)) {
            throw new InputException(path + ": there is no such folder to add to");
        }
        return FolderSink.BEGUN;
    }

    @Override
    public Sink open(long position, Console console) throws IOException {
        var claim = Claim.of(path);
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path);
                Beside.force(Beside.folder(path));
            }
            return new FolderSink(path, claim);
        } catch (IOException failure) {
            claim.close();
            throw failure;
        }
    }

    @Override
    public boolean isOwn(Path file) {
        return Target.super.isOwn(file) || file.toAbsolutePath().normalize().startsWith(path) || isBelow(file);
    }

    /** Whether a source is this very folder: a walk would pass over all that is in it. */
    boolean isSource(String source) {
        try {
            return Files.isSameFile(Path.of(source), path);
        } catch (IOException | InvalidPathException notThere) {
            return false;
        }
    }

    private boolean isBelow(Path file) {
        try {
            return file.toRealPath().startsWith(path.toRealPath());
        } catch (IOException vanished) {
            return false;
        }
    }

    @Override
    public String toString() {
        return path + "/";
    }
}
