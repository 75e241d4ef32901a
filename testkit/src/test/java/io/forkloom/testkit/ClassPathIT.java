package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Class paths that do not fit into a command line, or that it would misread. */
class ClassPathIT extends FaultCase {
    static final class Comparing {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
                System.out.println(pool.call(System::getProperty, "java.class.path")
                        .equals(System.getProperty("java.class.path")));
            }
        }
    }

    private static List<String> run(String classPath, Path folder) throws Exception {
        var arguments = folder.resolve("arguments");
        Files.writeString(
                arguments, "-Xmx64m -cp \"" + classPath.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        return Programs.outputOf(Programs.tool("java", List.of("@" + arguments, Comparing.class.getName())));
    }

    @Test
    void a_class_path_longer_than_the_kernel_takes_an_argument_reaches_the_workers(@TempDir Path folder)
            throws Exception {
        var many = IntStream.range(0, 2000)
                .mapToObj(i -> folder.resolve("x".repeat(100) + i + ".jar").toString())
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(many).hasSizeGreaterThan(200 * 1024);
        assertThat(run(System.getProperty("java.class.path") + File.pathSeparator + many, folder))
                .containsExactly("true");
    }

    @Test
    void names_with_quotes_spaces_and_signs_reach_the_workers_as_they_are(@TempDir Path folder) throws Exception {
        var odd = Files.createDirectories(folder.resolve("it's \"odd\" \\ #1 @x 'y"));
        assertThat(run(System.getProperty("java.class.path") + File.pathSeparator + odd, folder))
                .containsExactly("true");
    }

    @Test
    void a_jar_that_only_names_others_as_surefire_makes_it_does_for_the_workers(@TempDir Path folder) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        var names = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(part -> Path.of(part).toUri().toString());
        manifest.getMainAttributes().putValue("Class-Path", names.collect(Collectors.joining(" ")));
        var jar = folder.resolve("booter.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        assertThat(run(jar.toString(), folder)).containsExactly("true");
    }
}
