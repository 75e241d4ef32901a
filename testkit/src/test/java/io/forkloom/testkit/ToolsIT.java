package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are started in other ways than from a class path, by the tools that people use for it. */
class ToolsIT extends FaultCase {
    @TempDir
    private Path folder;

    private Path program(String name) throws IOException {
        try (var in = ToolsIT.class.getResourceAsStream("/programs/" + name)) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Built.file(folder.resolve(name), text);
        }
    }

    private static List<String> run(String tool, String... words) {
        try {
            return Programs.outputOf(Programs.tool(tool, List.of(words)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_source_file_that_java_runs_without_compiling_it_first() throws Exception {
        var source = program("Sums.java").toString();
        assertThat(run("java", "-Xmx128m", "-cp", Built.forkloom().toString(), source))
                .containsExactly(
                        "Point[x=9, y=18]",
                        "25",
                        "out of field: Point[x=101, y=0]",
                        "a lambda in Sums.main uses a field or method of the object around it, which is not serialisable:"
                                + " Sums. Make what it uses static, or copy it to a local variable first");
    }

    @Test
    void a_session_of_jshell_with_its_variables_methods_and_classes() throws Exception {
        var output = run(
                "jshell",
                "-s",
                "--class-path",
                Built.forkloom().toString(),
                program("session.jsh").toString());
        assertThat(output)
                .filteredOn(line -> !line.isBlank())
                .containsExactly(
                        "second 4",
                        "Point[x=11, y=2]",
                        "8",
                        "12",
                        "2b",
                        "103",
                        "13",
                        "25",
                        "[11, 12]",
                        "variable `lock`, which a lambda in JShell uses, is not serialisable: java.lang.Object."
                                + " Pass what it was made from instead",
                        "a lambda in JShell in worker 0.1 failed: java.lang.IllegalStateException: thrown with 3");
    }

    @Test
    void a_jar_of_jars_as_spring_boot_makes_them() throws Exception {
        program("shop/Shop.java");
        var classes = Built.compiled(folder.resolve("shop"), folder.resolve("classes"));
        Built.file(classes.resolve("META-INF/services/shop.Shop$Rule"), "shop.Shop$Plain");
        var library = Built.jar(folder.resolve("forkloom-core.jar"), Built.forkloom());
        var fat = Built.fatJar(folder.resolve("shop.jar"), "shop.Shop", classes, library);
        assertThat(run("java", "-Xmx128m", "-jar", fat.toString()))
                .containsExactly("Order[price=42] by LaunchedClassLoader", "services [plain]", "null false");
    }

    @Test
    void a_class_loader_that_has_program_and_library_as_in_a_server() throws Exception {
        program("shop/Shop.java");
        var classes = Built.compiled(folder.resolve("shop"), folder.resolve("classes"));
        Built.file(classes.resolve("META-INF/services/shop.Shop$Rule"), "shop.Shop$Plain");
        var container = program("Container.java").toString();
        var library = Built.forkloom().toString();
        assertThat(run("java", "-Xmx128m", container, "shop.Shop", library, classes.toString()))
                .containsExactly("Order[price=42] by URLClassLoader", "services [plain]", "null false");
    }

    @Test
    void a_module_on_a_module_path_that_opens_nothing() throws Exception {
        program("shop/Shop.java");
        Built.file(folder.resolve("shop/module-info.java"), """
                module shop {
                    requires io.forkloom;
                    uses shop.Shop.Rule;
                    provides shop.Shop.Rule with shop.Shop.Plain;
                }
                """);
        var modules = folder.resolve("modules");
        Built.jar(modules.resolve("forkloom-core.jar"), Built.forkloom());
        Built.compiled(folder.resolve("shop"), modules.resolve("shop"), "-p", modules.toString());
        assertThat(run("java", "-Xmx128m", "-p", modules.toString(), "-m", "shop/shop.Shop"))
                .containsExactly("Order[price=42] by AppClassLoader", "services [plain]", "shop true");
    }
}
