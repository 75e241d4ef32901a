package io.forkloom.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Where the user's classes are: jars and folders, and behind them this command's own. */
public record ClassPath(List<Path> entries) {
    private static final int DEEPEST = 20;
    private static final int MOST_FILES = 100_000;

    /** As the java command takes it: {@code a.jar:classes:lib/*}. */
    public static ClassPath of(List<String> texts) {
        var entries = new ArrayList<Path>();
        for (String text : texts) {
            for (String part : text.split(File.pathSeparator, -1)) {
                add(part, entries);
            }
        }
        return new ClassPath(List.copyOf(entries));
    }

    private static void add(String part, List<Path> to) {
        if (part.equals("*") || part.endsWith(File.separator + "*")) {
            var folder = Path.of(part.length() == 1 ? "." : part.substring(0, part.length() - 2));
            try (var files = Files.list(folder)) {
                files.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                        .sorted()
                        .forEach(to::add);
            } catch (IOException failure) {
                throw new InputException("--class-path " + part + ": no such folder", failure);
            }
            return;
        }
        var entry = Path.of(part.isEmpty() ? "." : part);
        if (!Files.exists(entry)) {
            throw new InputException("--class-path " + part + ": no such file");
        }
        if (Files.isRegularFile(entry)) {
            try (var jar = new JarFile(entry.toFile())) {
                assert jar.size() >= 0;
            } catch (IOException failure) {
                throw new InputException("--class-path " + part + " is no jar: " + failure.getMessage(), failure);
            }
        }
        to.add(entry);
    }

    /** For a worker's JVM. */
    public String joined() {
        return String.join(
                File.pathSeparator,
                Stream.concat(
                                entries.stream()
                                        .map(entry -> entry.toAbsolutePath().toString()),
                                Stream.of(System.getProperty("java.class.path")))
                        .toList());
    }

    /** To look at classes in the order in which a worker finds them. Close it at the end. */
    public URLClassLoader loader() {
        var urls = Stream.of(joined().split(File.pathSeparator, -1))
                .map(ClassPath::url)
                .toArray(URL[]::new);
        return new URLClassLoader("advise", urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e); // paths make addresses
        }
    }

    /** The user's classes of this simple name, in whatever package and case. */
    public List<String> alike(String className) {
        String file = className.substring(className.lastIndexOf('.') + 1) + ".class";
        var found = new ArrayList<String>();
        for (var entry : entries) {
            try {
                files(entry).stream()
                        .filter(name ->
                                name.substring(name.lastIndexOf('/') + 1).equalsIgnoreCase(file))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .forEach(found::add);
            } catch (IOException | UncheckedIOException unreadable) {
                // Nothing is found there, and that is what is told.
            }
        }
        return found;
    }

    private static List<String> files(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            try (var files = Files.walk(entry, DEEPEST)) {
                return files.limit(MOST_FILES)
                        .map(file -> entry.relativize(file).toString().replace(File.separatorChar, '/'))
                        .toList();
            }
        }
        try (var jar = new JarFile(entry.toFile())) {
            return jar.stream().map(ZipEntry::getName).toList();
        }
    }
}
