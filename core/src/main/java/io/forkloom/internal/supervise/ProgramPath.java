package io.forkloom.internal.supervise;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Where a worker finds classes by itself: the class path and the module path of this program, made absolute because
 * workers may have another working directory, and this library, wherever the program has it from.
 */
public final class ProgramPath {
    /** Of paths, for the operating system. */
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final List<Path> classPath;
    private final Optional<Modules> modules;
    private final Stamps stamps;

    /** Where this library stands within another file, as in a jar of jars; a worker's JVM is given a copy. */
    private final Optional<URL> packed;

    private ProgramPath(List<Path> classPath, Optional<Modules> modules, Optional<URL> packed) {
        this.classPath = classPath;
        this.modules = modules;
        this.packed = packed;
        var files = new ArrayList<>(classPath);
        if (modules.isPresent()) {
            files.addAll(modules.get().files());
        }
        this.stamps = new Stamps(files);
    }

    public static ProgramPath ofProgram() {
        var parts = new ArrayList<Path>();
        var modules = Modules.ofProgram();
        String joined = System.getProperty("java.class.path");
        if (!joined.isEmpty()
                || modules.isEmpty()) { // else there is none; without modules, "" is the working directory
            parts.addAll(split(joined));
        }
        var foreign = library();
        var file = foreign.isPresent() ? file(foreign.get()) : Optional.<Path>empty();
        if (file.isPresent()) {
            parts.add(file.get());
        }
        return new ProgramPath(parts, modules, file.isPresent() ? Optional.empty() : foreign);
    }

    static List<Path> split(String joined) {
        var parts = new ArrayList<Path>();
        for (String part : joined.split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath());
        }
        return parts;
    }

    /** Where this library is, if neither the class path nor the module path has it. */
    private static Optional<URL> library() {
        if (ClassLoader.getSystemClassLoader().equals(ProgramPath.class.getClassLoader())) {
            return Optional.empty();
        }
        var source = ProgramPath.class.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source == null ? null : source.getLocation());
    }

    private static Optional<Path> file(URL location) {
        try {
            return location.getProtocol().equals("file") ? Optional.of(Path.of(location.toURI())) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes an argument file of the java command: the kernel takes no argument of more than 128 KiB, and a class path can
     * be longer. Fails where a jar is not what it was.
     *
     * @param jar for a copy of this library, where one is needed
     */
    void writeTo(Path file, Path jar) throws IOException {
        stamps.check();
        var parts = new ArrayList<>(classPath);
        if (packed.isPresent()) {
            copy(packed.get(), jar);
            parts.add(jar);
        }
        var words = new ArrayList<String>();
        if (!parts.isEmpty()) {
            words.addAll(List.of("-cp", join(parts)));
        }
        if (modules.isPresent()) {
            words.addAll(modules.get().options());
        }
        var text = new StringBuilder();
        for (var word : words) {
            text.append(quoted(word)).append('\n');
        }
        Files.writeString(file, text, NATIVE);
    }

    /**
     * Jars and what they were when the pool was opened, if the class path has nothing else: what an AOT cache is made for.
     */
    Optional<String> jars() {
        if (modules.isPresent() || packed.isPresent()) {
            return Optional.empty();
        }
        for (var part : classPath) {
            if (Files.isDirectory(part)) {
                return Optional.empty();
            }
        }
        return Optional.of(join(classPath) + stamps);
    }

    /** The last words of the command. */
    List<String> main(String mainClass) {
        return modules.isPresent() ? modules.get().main(mainClass) : List.of(mainClass);
    }

    static String join(List<Path> parts) {
        var joined = new StringJoiner(File.pathSeparator);
        for (var part : parts) {
            joined.add(part.toString());
        }
        return joined.toString();
    }

    private static void copy(URL location, Path to) throws IOException {
        var connection = location.openConnection();
        var whole = connection instanceof JarURLConnection within ? within.getJarFileURL() : location;
        try (var in = whole.openStream()) {
            Files.copy(in, to);
        } catch (IOException e) {
            throw new IOException(
                    "this library was loaded from " + location + ", of which no copy can be made for a worker: " + e,
                    e);
        }
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
}
