package io.forkloom.cli.crawl.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * All inputs of a crawl as one lazy sequence: nothing is listed ahead, so memory does not grow with their number. What
 * is wrong with one of them makes a {@link Source.Broken}; iteration never throws for that. One thread iterates.
 *
 * @param arguments as the user gave them; {@link SourceCheck} has looked at them before
 * @param in what {@code -} reads
 * @param skip files of folders that are no sources: the crawl's own output
 */
public record Sources(List<String> arguments, InputStream in, Predicate<Path> skip) {

    public Walk open() {
        return new Walk();
    }

    /** The first step of it opens the first argument, and so on: one file or one folder is open at a time. */
    public final class Walk implements Iterator<Source>, AutoCloseable {
        private final Iterator<String> rest = arguments.iterator();
        /** A list may stand below, and the folder of one of its lines on top. */
        private final Deque<Iterator<?>> open = new ArrayDeque<>();

        @Override
        public boolean hasNext() {
            while (true) {
                if (open.isEmpty()) {
                    if (!rest.hasNext()) {
                        return false;
                    }
                    open.push(argument(rest.next()));
                } else if (!open.element().hasNext()) {
                    closeTop();
                } else if (open.element() instanceof ListWalk list) {
                    open.push(list.next());
                } else {
                    return true;
                }
            }
        }

        @Override
        public Source next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return (Source) open.element().next();
        }

        private void closeTop() {
            switch (open.pop()) {
                case ListWalk list -> list.close();
                case FolderWalk folder -> folder.close();
                default -> {}
            }
        }

        @Override
        public void close() {
            while (!open.isEmpty()) {
                closeTop();
            }
        }
    }

    private Iterator<?> argument(String text) {
        if (text.equals("-")) {
            return new ListWalk("standard input", new Lines(in), this::line);
        }
        if (!text.startsWith("@")) {
            return line(text);
        }
        try {
            var list = new Lines(Files.newInputStream(Path.of(text.substring(1))));
            return new ListWalk(text, list, this::line);
        } catch (IOException failure) {
            return broken(text, "cannot be read: " + Problems.describe(failure));
        }
    }

    private Iterator<Source> line(String text) {
        if (text.startsWith("@")) {
            return broken(text, "a list cannot name another list: give it as an argument");
        }
        try {
            if (WebAddress.looksLike(text)) {
                return one(new Source.Web(text, WebAddress.parse(text)));
            }
            Path path = Path.of(text);
            if (Files.isDirectory(path)) {
                return new FolderWalk(path, skip);
            }
            if (Files.isRegularFile(path) && skip.test(path)) {
                return broken(text, "is where the results go");
            }
            return Files.isRegularFile(path)
                    ? one(new Source.Local(text, path))
                    : broken(text, Files.exists(path) ? "is neither a file nor a folder" : "no such file");
        } catch (InvalidPathException wrong) {
            return broken(text, "is not the name of a file: " + wrong.getReason());
        } catch (IllegalArgumentException wrong) {
            return broken(text, String.valueOf(wrong.getMessage()));
        }
    }

    static Iterator<Source> broken(String name, String reason) {
        return one(new Source.Broken(name, reason));
    }

    private static Iterator<Source> one(Source source) {
        return List.of(source).iterator();
    }
}
