package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** Names of the files that stand beside a place of results, and what can be asked of them. */
final class Beside {
    static final String PART = ".part";
    static final String JOURNAL = ".journal";
    static final String FAILURES = ".failed.jsonl";
    /** Parts, the journal, failures, reports; and those that SQLite makes. */
    private static final Pattern OWN =
            Pattern.compile("(\\.part|\\.journal.*|\\.failed\\.jsonl.*|\\.report.*|-wal|-shm|-journal)?");
    /** As many as the kernel follows. */
    private static final int LINKS = 40;

    private Beside() {}

    static Path of(Path place, String ending) {
        return place.resolveSibling(place.getFileName() + ending);
    }

    /** Where a link stands, it is what the link names that is written, whether that is there or not. */
    static Path behindLinks(Path path) throws IOException {
        Path at = path;
        for (int i = 0; Files.isSymbolicLink(at); i++) {
            if (i == LINKS) {
                throw new InputException("--to " + path + " is a link that leads round in a circle");
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        return at.toAbsolutePath().normalize();
    }

    /** The folder that a place is in. */
    static Path folder(Path place) {
        Path folder = place.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException("--to " + place + ": the folder " + folder + " does not exist");
        }
        return folder;
    }

    static boolean isOwn(Path place, Path file) {
        String name = String.valueOf(file.getFileName());
        String own = String.valueOf(place.getFileName());
        return name.startsWith(own) && OWN.matcher(name.substring(own.length())).matches() && isSameFolder(place, file);
    }

    static boolean isSameFolder(Path one, Path other) {
        try {
            return Files.isSameFile(
                    one.toAbsolutePath().resolveSibling("."),
                    other.toAbsolutePath().resolveSibling("."));
        } catch (IOException vanished) {
            return false;
        }
    }

    static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** So that a name that was given in it is there after a power cut too. */
    static void force(Path folder) throws IOException {
        try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
