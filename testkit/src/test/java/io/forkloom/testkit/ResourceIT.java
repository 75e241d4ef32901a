package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.Task;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskFunction;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes and other resources that a worker does not have, and its program has. */
class ResourceIT extends FaultCase {
    /** Of these the program has a jar, and a class loader that no worker has. */
    private static final String AWAY = """
            package far;

            import io.forkloom.Task;
            import io.forkloom.TaskFunction;
            import java.util.*;

            public final class Away {
                public interface Greeting { String text(); }
                public static final class Hello implements Greeting { public String text() { return "hello"; } }
                public static final class Late { static String text() { return "late"; } }
                enum Colour { RED { String word() { return "rot"; } }; abstract String word(); }

                public static Task<String> lambda(String captured) { return () -> captured + Colour.RED.word(); }
                public static TaskFunction<List<String>, Integer> reference() { return List::size; }

                public static Task<String> services() {
                    return () -> {
                        var all = new ArrayList<String>();
                        ServiceLoader.load(Greeting.class).forEach(each -> all.add(each.text()));
                        ServiceLoader.load(Greeting.class, Away.class.getClassLoader()).forEach(each -> all.add(each.text()));
                        return String.join(" ", all);
                    };
                }

                public static Task<String> resources(String name) {
                    return () -> {
                        var all = new ArrayList<String>();
                        for (var url : Collections.list(Away.class.getClassLoader().getResources(name))) {
                            try (var in = url.openStream()) { all.add(new String(in.readAllBytes())); }
                        }
                        var first = Away.class.getClassLoader().getResourceAsStream(name);
                        return all.size() + " " + (first == null ? "none" : new String(first.readAllBytes()));
                    };
                }

                public static Task<String> interrupted() {
                    return () -> {
                        Thread.currentThread().interrupt();
                        return Late.text() + Thread.interrupted();
                    };
                }

                public static Task<Integer> onManyThreads(int most) {
                    return () -> {
                        var seen = Collections.synchronizedSet(new HashSet<Class<?>>());
                        var threads = new ArrayList<Thread>();
                        for (int i = 0; i < most; i++) {
                            String name = "far.Many$N" + i % 10;
                            threads.add(Thread.ofPlatform().start(() -> {
                                try { seen.add(Class.forName(name)); } catch (ClassNotFoundException e) {}
                            }));
                        }
                        for (var each : threads) each.join();
                        return seen.size();
                    };
                }

                public static Task<String> place() {
                    return () -> Away.class.getProtectionDomain().getCodeSource().getLocation() + " "
                            + Away.class.getPackage().getName();
                }

                public static Task<String> missing() { return () -> new far.Missing().toString(); }
            }
            """;

    private static final String MANY = """
            package far;
            public final class Many {
                static class N0 {} static class N1 {} static class N2 {} static class N3 {} static class N4 {}
                static class N5 {} static class N6 {} static class N7 {} static class N8 {} static class N9 {}
            }
            """;

    @TempDir
    private static Path folder;

    private static Path jar = Path.of("");
    private static URLClassLoader loader = new URLClassLoader(new java.net.URL[0]);

    @BeforeAll
    static void build() throws IOException {
        var sources = folder.resolve("sources");
        Built.file(sources.resolve("Away.java"), AWAY);
        Built.file(sources.resolve("Many.java"), MANY);
        Built.file(sources.resolve("Missing.java"), "package far; final class Missing {}");
        var classes = Built.compiled(sources, folder.resolve("classes"));
        Files.delete(classes.resolve("far/Missing.class"));
        Built.file(classes.resolve("META-INF/services/far.Away$Greeting"), "far.Away$Hello\n");
        Built.file(classes.resolve("far/words.txt"), "some words");
        Built.file(classes.resolve("far/large.txt"), "x".repeat(2_000_000));
        jar = Built.jar(folder.resolve("far away.jar"), classes);
        loader = new URLClassLoader(
                new java.net.URL[] {jar.toUri().toURL()}, Thread.currentThread().getContextClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    private static Object made(String method, Object... arguments) throws ReflectiveOperationException {
        for (var each : loader.loadClass("far.Away").getMethods()) {
            if (each.getName().equals(method)) {
                return each.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(method);
    }

    @SuppressWarnings("unchecked")
    private static Task<Object> task(String method, Object... arguments) throws ReflectiveOperationException {
        return (Task<Object>) made(method, arguments);
    }

    private static Object call(ProcessPool pool, String method, Object... arguments) throws Exception {
        return pool.call(task(method, arguments));
    }

    @Test
    @SuppressWarnings("unchecked")
    void classes_of_a_class_loader_come_as_they_are_needed() throws Exception {
        try (var pool = open(1)) {
            assertThat(call(pool, "lambda", "red is ")).isEqualTo("red is rot");
            var size = (TaskFunction<List<String>, Integer>) made("reference");
            assertThat(pool.call(size, List.of("a", "b"))).isEqualTo(2);
            assertThat(call(pool, "onManyThreads", 40)).isEqualTo(10);
            assertThat(call(pool, "place")).isEqualTo(jar.toUri().toURL() + " far");
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void resources_and_services_come_too_each_once() throws Exception {
        try (var pool = open(1)) {
            assertThat(call(pool, "services")).isEqualTo("hello hello");
            assertThat(call(pool, "resources", "far/words.txt")).isEqualTo("1 some words");
            assertThat(call(pool, "resources", "far/none.txt")).isEqualTo("0 none");
            // On the class path of both:
            assertThat(call(pool, "resources", "programs/Sums.java")).asString().startsWith("1 import");
        }
    }

    @Test
    void an_interrupted_task_can_load_a_class_and_stays_interrupted() throws Exception {
        try (var pool = open(1)) {
            assertThat(call(pool, "interrupted")).isEqualTo("latetrue");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void a_class_that_nobody_has_is_named() throws Exception {
        try (var pool = open(1)) {
            assertThatThrownBy(() -> call(pool, "missing"))
                    .isInstanceOf(TaskFailedException.class)
                    .hasRootCauseInstanceOf(ClassNotFoundException.class)
                    .hasRootCauseMessage("far.Missing")
                    .cause()
                    .isInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void a_resource_over_the_limit_is_not_sent_and_costs_nothing_else() throws Exception {
        try (var pool = open(1, c -> c.messageLimit("1m"))) {
            var outcome = pool.submit(task("resources", "far/large.txt")).await();
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed<?>) outcome).cause())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("far/large.txt is larger than messageLimit");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }
}
