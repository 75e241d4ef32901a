package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.ClassPath;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the user's own parser: theirs and the JDK's, and of ours Jackson's annotations alone, so that they may bring
 * any version of any library along. Names come from the command line only.
 */
final class OwnClasses extends URLClassLoader {
    private static final String SHARED = "com.fasterxml.jackson.annotation.";

    private static volatile @Nullable OwnClasses installed;

    static {
        registerAsParallelCapable();
    }

    private OwnClasses(URL[] places) {
        super("own", places, ClassLoader.getPlatformClassLoader());
    }

    static OwnClasses of(ClassPath path) {
        return of(path.entries().stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .toList());
    }

    private static OwnClasses of(List<String> absolute) {
        return new OwnClasses(absolute.stream().map(OwnClasses::url).toArray(URL[]::new));
    }

    /** In a worker, before its first page. */
    static void install(String... absolute) {
        installed = of(List.of(absolute));
    }

    static OwnClasses installed() {
        var classes = installed;
        if (classes == null) {
            throw new IllegalStateException("the worker has no class path for a parser of the user's own");
        }
        return classes;
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e); // paths make addresses
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith(SHARED)
                ? Class.forName(name, false, OwnClasses.class.getClassLoader())
                : super.loadClass(name, resolve);
    }
}
