package io.forkloom;

import io.forkloom.internal.thread.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Defines the classes of the program anew, from the class files that the program's own loader finds. The JDK's and our
 * own are shared: through them the worker and its pool speak. Resources are the program's.
 */
final class IsolateLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader program;
    private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

    IsolateLoader(ClassLoader program) {
        super("forkloom-isolate", program);
        this.program = program;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            var known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            if (Library.has(name)) {
                return Class.forName(name, false, IsolateLoader.class.getClassLoader());
            }
            try {
                return getPlatformClassLoader().loadClass(name);
            } catch (ClassNotFoundException e) {
                return findClass(name);
            }
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        var file = program.getResource(path);
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        if (isOfTheJdk(file)) {
            return program.loadClass(name); // a tool's, which the JDK keeps beside the program's own
        }
        try (var in = file.openStream()) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, domain(file, path));
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static boolean isOfTheJdk(URL file) {
        return file.getProtocol().equals("jrt")
                && (file.getPath().startsWith("/java.") || file.getPath().startsWith("/jdk."));
    }

    /** So that a class can tell where it comes from, as the program's own can. */
    private ProtectionDomain domain(URL file, String path) {
        String text = file.toString();
        String folder = text.substring(0, text.length() - path.length());
        String location = folder.startsWith("jar:") && folder.endsWith("!/")
                ? folder.substring("jar:".length(), folder.length() - "!/".length())
                : folder;
        return domains.computeIfAbsent(location, this::domain);
    }

    private ProtectionDomain domain(String location) {
        try {
            return new ProtectionDomain(
                    new CodeSource(URI.create(location).toURL(), (Certificate[]) null), null, this, null);
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
