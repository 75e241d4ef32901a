package io.forkloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders of ours that were made for a while. */
public final class Folders {
    private Folders() {}

    /** Removes it with all that is in it; what goes at the same time by itself is no failure. */
    public static void remove(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
