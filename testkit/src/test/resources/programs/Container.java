import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Runs a program as servers run theirs: in a class loader of its own, which has this library too. */
void main(String[] args) throws Exception {
    var urls = new URL[args.length - 1];
    for (int i = 0; i < urls.length; i++) {
        urls[i] = Path.of(args[i + 1]).toUri().toURL();
    }
    try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(args[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }
}
