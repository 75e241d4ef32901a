package io.forkloom.internal.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of jars: a worker started from one that was rebuilt since would have other classes than its pool. */
final class Stamps {
    private record Stamp(long size, FileTime changed) {
        /** Not the record's own equals: the JVM makes that when it is first called, which costs a start some ms. */
        boolean is(Stamp other) {
            return size == other.size && changed.equals(other.changed);
        }
    }

    private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

    Stamps(List<Path> parts) {
        for (Path part : parts) {
            if (Files.isRegularFile(part)) {
                try {
                    stamps.put(part, stamp(part));
                } catch (IOException e) {
                    // Removed just now; then the JVM ignores it, as it does with all that is missing.
                }
            }
        }
    }

    /** Fails where a jar is not what it was. */
    void check() throws IOException {
        for (var entry : stamps.entrySet()) {
            if (!Files.exists(entry.getKey()) || !stamp(entry.getKey()).is(entry.getValue())) {
                throw new IOException(entry.getKey() + " on the class path was changed since the pool was opened: a new"
                        + " worker would not have the classes of this program. Start the program anew");
            }
        }
    }

    /** The same for jars in the same state. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var stamp : stamps.values()) {
            text.append(' ').append(stamp.size).append(' ').append(stamp.changed.toMillis());
        }
        return text.toString();
    }

    private static Stamp stamp(Path file) throws IOException {
        return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    }
}
