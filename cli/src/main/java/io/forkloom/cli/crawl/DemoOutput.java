package io.forkloom.cli.crawl;

import io.forkloom.cli.Folders;
import io.forkloom.cli.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the demo writes: to the file that the user names, else to one in a new temporary folder, which stays only if
 * there are results in it.
 */
record DemoOutput(String file, Optional<Path> folder) implements AutoCloseable {

    static DemoOutput of(List<String> named) {
        if (!named.isEmpty()) {
            return new DemoOutput(named.getFirst(), Optional.empty());
        }
        try {
            var folder = Files.createTempDirectory("forkloom-demo-");
            return new DemoOutput(folder.resolve("pages.jsonl").toString(), Optional.of(folder));
        } catch (IOException failure) {
            throw new InputException("cannot make a temporary folder, give --to: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        if (folder.isEmpty()) {
            return;
        }
        if (Files.exists(Path.of(file))) {
            return; // results are what the user wants to see
        }
        try {
            Folders.remove(folder.get());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + folder.get(), failure);
        }
    }
}
