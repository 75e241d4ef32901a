package io.forkloom;

import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the class loaders of this program have, for workers that do not have it: those of the functions that were
 * submitted, and that of the thread that opened the pool. Looked up as resources only: a name that a worker sends never
 * makes this JVM load a class. The classes of the JDK are not given, workers have their own.
 */
final class ProgramResources {
    /** A program that makes a loader for each task is served from its latest. */
    private static final int MOST_LOADERS = 64;

    private static final int LONGEST_NAME = 4096;

    /** In order of their coming. Weak: a program may drop a loader, and its classes, while the pool is open. */
    private volatile List<WeakReference<ClassLoader>> loaders = List.of();

    /** Called at each submit. */
    void add(@Nullable ClassLoader loader) {
        if (loader != null && !has(loader)) {
            remember(loader);
        }
    }

    private boolean has(ClassLoader loader) {
        for (var each : loaders) {
            if (each.refersTo(loader)) {
                return true;
            }
        }
        return false;
    }

    private synchronized void remember(ClassLoader loader) {
        if (!has(loader)) {
            var kept = new ArrayList<>(loaders);
            kept.removeIf(each -> each.refersTo(null));
            kept.add(new WeakReference<>(loader));
            loaders = List.copyOf(kept.subList(Math.max(0, kept.size() - MOST_LOADERS), kept.size()));
        }
    }

    /** Those that are there, in order. */
    List<ClassLoader> loaders() {
        var present = new ArrayList<ClassLoader>();
        for (var each : loaders) {
            var loader = each.get();
            if (loader != null) {
                present.add(loader);
            }
        }
        return present;
    }

    /** As {@link io.forkloom.internal.supervise.ResourceSource#find}. */
    List<Resource> find(String name, boolean all, int limit) throws IOException {
        var found = new LinkedHashMap<String, Resource>();
        if (isPlausible(name)) {
            int left = limit;
            for (var url : urls(name, all)) {
                if (!found.containsKey(url.toString()) && (all || found.isEmpty())) {
                    var resource = read(name, url, left);
                    found.put(url.toString(), resource);
                    left -= resource.content().length;
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** It comes from a worker, and a loader may take it for a path. */
    private static boolean isPlausible(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0
                && !List.of(name.split("/", -1)).contains("..");
    }

    private List<URL> urls(String name, boolean all) throws IOException {
        var urls = new ArrayList<URL>();
        for (var loader : loaders()) {
            if (all || urls.isEmpty()) {
                if (all) {
                    urls.addAll(Collections.list(loader.getResources(name)));
                } else {
                    var url = loader.getResource(name);
                    if (url != null) {
                        urls.add(url);
                    }
                }
                urls.removeIf(url -> url.getProtocol().equals("jrt"));
            }
        }
        return urls;
    }

    private static Resource read(String name, URL url, int limit) throws IOException {
        try (var in = url.openStream()) {
            byte[] content = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new IOException(name + " is larger than messageLimit");
            }
            return new Resource(url.toString(), content);
        }
    }
}
