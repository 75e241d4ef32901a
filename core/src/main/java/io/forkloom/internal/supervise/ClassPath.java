package io.forkloom.internal.supervise;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The class path of this program, made absolute because workers may have another working directory, with the state of
 * its jars: a worker started from a jar that was rebuilt since would have other classes than its pool.
 */
public final class ClassPath {
    /** Of paths, for the operating system. */
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private record Stamp(long size, FileTime changed) {}

    private final List<Path> parts;
    private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

    private ClassPath(List<Path> parts) {
        this.parts = parts;
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

    public static ClassPath ofProgram() {
        var parts = new ArrayList<Path>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath());
        }
        return new ClassPath(parts);
    }

    /**
     * As an argument file of the java command: the kernel takes no argument of more than 128 KiB, and a class path can be
     * longer. Fails where a jar is not what it was.
     */
    void writeTo(Path file) throws IOException {
        check();
        var joined = String.join(
                File.pathSeparator, parts.stream().map(Path::toString).toList());
        Files.writeString(file, "-cp " + quoted(joined) + "\n", NATIVE);
    }

    /** As the java command reads it: in quotes, a backslash takes the next character as it is, or for a line end. */
    private static String quoted(String argument) {
        return '"'
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    private void check() throws IOException {
        for (var entry : stamps.entrySet()) {
            if (!Files.exists(entry.getKey()) || !stamp(entry.getKey()).equals(entry.getValue())) {
                throw new IOException(entry.getKey() + " on the class path was changed since the pool was opened: a new"
                        + " worker would not have the classes of this program. Start the program anew");
            }
        }
    }

    private static Stamp stamp(Path file) throws IOException {
        return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    }
}
