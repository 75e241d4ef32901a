package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

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
            add(jar, from);
        }
        return file;
    }

    private static Manifest manifest() {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        return manifest;
    }

    static void add(JarOutputStream jar, Path folder) throws IOException {
        try (var files = Files.walk(folder, 20)) {
            for (var each : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(each).toString();
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new ZipEntry(name));
                    Files.copy(each, jar);
                    jar.closeEntry();
                }
            }
        }
    }

    static String path(Path... parts) {
        return Arrays.stream(parts).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
