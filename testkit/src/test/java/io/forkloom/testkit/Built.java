package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.springframework.boot.loader.launch.JarLauncher;

/** Programs and jars that tests make. */
final class Built {
    private Built() {}

    /** Where Forkloom itself was loaded from: a jar, or a folder of classes. */
    static Path forkloom() {
        return locationOf(ProcessPool.class);
    }

    static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a file, with its folders. */
    static Path file(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Compiles what is below the folder of sources, against Forkloom. */
    static Path compiled(Path sources, Path into, String... options) throws IOException {
        var words = new ArrayList<>(List.of("-d", into.toString(), "-proc:none", "-nowarn"));
        words.addAll(Arrays.asList(options));
        if (options.length == 0) {
            words.addAll(List.of("-cp", forkloom().toString()));
        }
        try (var files = Files.walk(sources, 20)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(words::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new)))
                .isZero();
        return into;
    }

    /** Of what is in a folder; of a jar, a copy. */
    static Path jar(Path file, Path from) throws IOException {
        Files.createDirectories(file.getParent());
        if (Files.isRegularFile(from)) {
            return Files.copy(from, file);
        }
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest())) {
            add(jar, "", from, from);
        }
        return file;
    }

    /** As the Maven plugin of Spring Boot makes it: the launcher unpacked, the program's classes and a jar within. */
    static Path fatJar(Path file, String main, Path classes, Path library) throws IOException {
        var manifest = manifest();
        var attributes = manifest.getMainAttributes();
        attributes.putValue("Main-Class", JarLauncher.class.getName());
        attributes.putValue("Start-Class", main);
        attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var launcher = FileSystems.newFileSystem(locationOf(JarLauncher.class))) {
            add(jar, "", launcher.getPath("/org"), launcher.getPath("/"));
            add(jar, "BOOT-INF/classes/", classes, classes);
            add(jar, "BOOT-INF/lib/", library, library.resolveSibling(""));
        }
        return file;
    }

    private static Manifest manifest() {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", "io.forkloom"); // as that of our jar
        return manifest;
    }

    /** Not compressed: a jar within a jar must not be. */
    private static void add(JarOutputStream jar, String prefix, Path files, Path relativeTo) throws IOException {
        jar.setMethod(ZipEntry.STORED);
        if (!prefix.isEmpty()) {
            put(jar, new ZipEntry(prefix), new byte[0]); // the launcher looks for it
        }
        try (var all = Files.walk(files, 20)) {
            for (var each : all.filter(Files::isRegularFile).toList()) {
                var entry = new ZipEntry(prefix + relativeTo.relativize(each));
                if (!entry.getName().equals("META-INF/MANIFEST.MF")) {
                    put(jar, entry, Files.readAllBytes(each));
                }
            }
        }
    }

    private static void put(JarOutputStream jar, ZipEntry entry, byte[] content) throws IOException {
        var sum = new CRC32();
        sum.update(content);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }
}
