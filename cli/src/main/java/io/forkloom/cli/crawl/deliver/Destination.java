package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.source.Problems;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What {@code --to} names, checked before work starts. */
public sealed interface Destination {

    /** A regular file, to be written beside and renamed. */
    record Beside(Path results, Path failures, boolean overwrite) implements Destination {

        /** Those of an earlier crawl; {@code --overwrite} was given, or they would have been refused. */
        void removeStaleFailures() throws IOException {
            Files.deleteIfExists(failures);
        }
    }

    /** Standard output, or a device or a named pipe, beside which nothing can be renamed. */
    record Direct(String name) implements Destination {
        OutputStream open(Console console) throws IOException {
            return isStandardOutput()
                    ? new FilterOutputStream(console.out()) {
                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            console.out().write(bytes, offset, length);
                            // A PrintStream swallows errors: nobody reads the pipe any more.
                            if (console.out().checkError()) {
                                throw new IOException("standard output was closed");
                            }
                        }
                    }
                    : Files.newOutputStream(Path.of(name), StandardOpenOption.WRITE);
        }

        public boolean isStandardOutput() {
            return name.equals("-");
        }

        void close(OutputStream stream) throws IOException {
            if (isStandardOutput()) {
                stream.flush();
            } else {
                stream.close();
            }
        }
    }

    static Destination of(String to, boolean overwrite) {
        if (to.equals("-")) {
            return new Direct(to);
        }
        Path path;
        try {
            path = Path.of(to);
        } catch (InvalidPathException wrong) {
            throw new InputException("--to '" + to + "' is not the name of a file: " + wrong.getReason(), wrong);
        }
        if (to.isBlank() || path.getFileName() == null) {
            throw new InputException("--to '" + to + "' is not the name of a file");
        }
        if (to.endsWith("/") && !Files.isDirectory(path)) {
            throw new InputException("--to " + to + ": there is no such folder, and no file is named in it");
        }
        if (Files.isDirectory(path)) {
            throw new InputException(
                    "--to " + to + " is a folder: name a file in it, for example " + path.resolve("pages.jsonl"));
        }
        return Files.exists(path) && !Files.isRegularFile(path) ? new Direct(to) : beside(path, overwrite);
    }

    private static Destination beside(Path named, boolean overwrite) {
        Path folder = named.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException("--to " + named + ": the folder " + folder + " does not exist");
        }
        Path path = named;
        try {
            // Where a link stands, the file that it names is replaced, not the link.
            path = Files.exists(named) ? named.toRealPath() : named;
        } catch (IOException failure) {
            throw new InputException("--to " + named + ": " + Problems.describe(failure), failure);
        }
        Path failures = path.resolveSibling(path.getFileName() + ".failed.jsonl");
        for (Path existing : new Path[] {path, failures}) {
            if (Files.exists(existing) && !overwrite) {
                throw new InputException(existing + " exists: name another file, or give --overwrite");
            }
        }
        if (Files.isDirectory(failures)) {
            throw new InputException(failures + " is a folder, and the failures would go there: name another --to");
        }
        return new Beside(path, failures, overwrite);
    }

    /** Files that a walk over the folder of the output must not take for sources. */
    default boolean isOwn(Path path) {
        if (!(this instanceof Beside beside)) {
            return false;
        }
        String name = String.valueOf(path.getFileName());
        String own = String.valueOf(beside.results().getFileName());
        boolean named = name.equals(own)
                || name.equals(own + ".failed.jsonl")
                || (name.startsWith("." + own + ".") && name.endsWith(".tmp"));
        try {
            return named
                    && Files.isSameFile(
                            path.toAbsolutePath().resolveSibling("."),
                            beside.results().toAbsolutePath().resolveSibling("."));
        } catch (IOException vanished) {
            return false;
        }
    }

    default InputException unwritable(IOException failure) {
        String name = this instanceof Beside beside ? beside.results().toString() : ((Direct) this).name();
        return new InputException("cannot write " + name + ": " + Problems.describe(failure), failure);
    }
}
