package io.forkloom.cli.crawl.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sources of a list, one a line; blank lines and those that begin with # are passed over. */
final class ListWalk implements Iterator<Iterator<Source>>, AutoCloseable {
    private final String name;
    private final Lines lines;
    private final Function<String, Iterator<Source>> reader;
    private @Nullable Iterator<Source> next;
    private boolean ended;

    /** @param reader gives what one line stands for: one source, or the files of a folder */
    ListWalk(String name, Lines lines, Function<String, Iterator<Source>> reader) {
        this.name = name;
        this.lines = lines;
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Iterator<Source> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var found = next;
        next = null;
        return found;
    }

    private @Nullable Iterator<Source> read() {
        String line;
        try {
            line = lines.next();
        } catch (InterruptedIOException cancelled) {
            ended = true;
            return null;
        } catch (IOException failure) {
            ended = true;
            return Sources.broken(name, "cannot be read any further: " + Problems.describe(failure));
        }
        if (line == null) {
            ended = true;
            return null;
        }
        if (line.length() > Lines.MAX_LENGTH) {
            return Sources.broken(line.substring(0, 60) + "...", "is longer than " + Lines.MAX_LENGTH + " characters");
        }
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#") ? null : reader.apply(text);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException ignored) {
            // It was only read.
        }
    }
}
