package io.forkloom.internal.worker;

import io.forkloom.internal.wire.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has every class and resource that the program has: what the class path does not have is asked of the pool. So tasks of
 * programs work whose classes stand in memory, in jars within jars, or with any other class loader that gives its class
 * files as resources.
 */
final class ProgramClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Inquiry program;

    ProgramClassLoader(Inquiry program) {
        super("forkloom", ClassLoader.getSystemClassLoader());
        this.program = program;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        List<Resource> found;
        try {
            found = program.find(file, false);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        if (found.isEmpty()) {
            throw new ClassNotFoundException(name);
        }
        var resource = found.getFirst();
        var source = new CodeSource(root(resource.url(), file), (Certificate[]) null);
        byte[] content = resource.content();
        return defineClass(name, content, 0, content.length, new ProtectionDomain(source, null, this, null));
    }

    /** The jar or folder, as class loaders of the JDK have it; null for a place that only the program knows. */
    private static @Nullable URL root(String url, String file) {
        String root = url.endsWith(file) ? url.substring(0, url.length() - file.length()) : url;
        if (root.startsWith("jar:") && root.endsWith("!/")) {
            root = root.substring("jar:".length(), root.length() - "!/".length());
        }
        try {
            return new URI(root).toURL();
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        try {
            var found = program.find(name, false);
            return found.isEmpty() ? null : url(name, found.getFirst());
        } catch (IOException e) {
            return null; // this method has no other word for it
        }
    }

    /** Without what the class path has too: those have been found already. */
    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        Set<String> known = new HashSet<>();
        getParent().getResources(name).asIterator().forEachRemaining(url -> known.add(url.toString()));
        var found = program.find(name, true).stream()
                .filter(resource -> !known.contains(resource.url()))
                .map(resource -> url(name, resource))
                .toList();
        return Collections.enumeration(found);
    }

    private static URL url(String name, Resource resource) {
        try {
            return URL.of(new URI("forkloom", "program", "/" + name, null), new Content(resource.content()));
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException(name + " makes no address", e);
        }
    }

    /** The address of something that is here already. */
    private static final class Content extends URLStreamHandler {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public long getContentLengthLong() {
                    return bytes.length;
                }

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
