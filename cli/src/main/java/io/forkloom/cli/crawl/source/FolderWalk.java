package io.forkloom.cli.crawl.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The regular files below a folder, in the order of the file system. Symbolic links are not followed. Memory is one
 * open directory a level, however many files there are, and no level below {@link #MAX_DEPTH} is entered. What cannot
 * be read is a broken source, and the walk goes on.
 */
final class FolderWalk implements Iterator<Source>, AutoCloseable {
    /** Each level holds a file descriptor open. */
    static final int MAX_DEPTH = 200;

    private record Level(DirectoryStream<Path> stream, Iterator<Path> entries) {}

    private final Deque<Level> levels = new ArrayDeque<>();
    private final Predicate<Path> skip;
    private @Nullable Source next;

    FolderWalk(Path folder, Predicate<Path> skip) {
        this.skip = skip;
        this.next = enter(folder);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !levels.isEmpty()) {
            next = step(levels.element());
        }
        return next != null;
    }

    @Override
    public Source next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Source found = next;
        next = null;
        return found;
    }

    private @Nullable Source step(Level level) {
        try {
            if (!level.entries().hasNext()) {
                leave();
                return null;
            }
            return look(level.entries().next());
        } catch (DirectoryIteratorException failure) {
            leave();
            return new Source.Broken("a folder", "cannot be read: " + failure.getCause());
        }
    }

    private @Nullable Source look(Path path) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException failure) {
            return new Source.Broken(path.toString(), "cannot be read: " + Problems.describe(failure));
        }
        if (attributes.isDirectory()) {
            return enter(path);
        }
        return attributes.isRegularFile() && !skip.test(path) ? new Source.Local(path.toString(), path) : null;
    }

    // The stream stays open on the stack of levels until its folder is walked.
    @SuppressWarnings("StreamResourceLeak")
    private @Nullable Source enter(Path folder) {
        if (levels.size() >= MAX_DEPTH) {
            return new Source.Broken(
                    folder.toString(), "is more than " + MAX_DEPTH + " folders deep: crawl it by name");
        }
        try {
            var stream = Files.newDirectoryStream(folder);
            levels.push(new Level(stream, stream.iterator()));
            return null;
        } catch (IOException failure) {
            return new Source.Broken(folder.toString(), "cannot be read: " + Problems.describe(failure));
        }
    }

    private void leave() {
        try {
            levels.pop().stream().close();
        } catch (IOException ignored) {
            // Nothing was written: there is nothing to lose.
        }
    }

    @Override
    public void close() {
        while (!levels.isEmpty()) {
            leave();
        }
    }
}
