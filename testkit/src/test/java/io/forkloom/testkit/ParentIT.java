package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that own a pool, as programs: how they die, and what they hand on. */
class ParentIT extends FaultCase {

    /** Two workers, each at a task that has started {@code sleep 1000}. */
    static final class Orphaning {
        public static void main(String[] args) throws Exception {
            var door = new Gate.Door(args[0]);
            var pool = ProcessPool.open(c -> c.workers(2).heap("64m"));
            var first = pool.submit(ParentIT::sleepAndWait, door);
            var second = pool.submit(ParentIT::sleepAndWait, door);
            System.out.println(first.await() + " " + second.await());
        }
    }

    /** The child's standard input is our connection to the gate's world: none; it is found by its pid. */
    static String sleepAndWait(Gate.Door door) throws IOException {
        try (var _ = door.knock("worker")) {
            return Faults.startSleep(door);
        }
    }

    @Test
    void when_the_parent_is_killed_its_workers_and_their_children_end() throws Exception {
        try (var gate = Gate.shut()) {
            var parent = Programs.start(
                    Orphaning.class, Map.of(), List.of(gate.door().socket()));
            var arrivals = gate.arrivals(4);
            assertThat(Leaks.workerProcesses()).hasSize(4);
            parent.toHandle().destroyForcibly();
            parent.waitFor();
            for (var arrival : arrivals) {
                arrival.awaitGone(); // workers, by their connections
            }
            // nothing_is_left() sees to the children, which nobody has a connection to.
        }
    }

    /** Closes its pool, but its worker does not come to its end. */
    static final class Closing {
        public static void main(String[] args) throws Exception {
            var pool = ProcessPool.open(c -> c.workers(1).heap("64m").grace(Duration.ofMinutes(10)));
            pool.call(Faults::hangInShutdownHook, new Gate.Door(args[0]));
            pool.close();
        }
    }

    @Test
    void when_the_parent_is_killed_a_worker_that_hangs_in_its_exit_ends() throws Exception {
        try (var gate = Gate.shut()) {
            var parent =
                    Programs.start(Closing.class, Map.of(), List.of(gate.door().socket()));
            var hanging = gate.arrivals(2).getFirst();
            parent.toHandle().destroyForcibly();
            parent.waitFor();
            hanging.awaitGone();
        }
    }

    static final class Starting {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(1)
                    .heap("64m")
                    .jvmOptions(
                            "-XX:+UnlockDiagnosticVMOptions",
                            "-XX:+PauseAtStartup",
                            "-XX:PauseAtStartupFile=" + args[0]))) {
                System.out.println(pool.call(Work::square, 3));
            }
        }
    }

    @Test
    void what_a_parent_killed_during_a_start_has_left_is_swept_by_the_next_pool(
            @TempDir Path folder, @TempDir Path temporary) throws Exception {
        try (var pause = new Pause(folder)) {
            String file = folder.resolve("paused").toString();
            var parent = Programs.start(Starting.class, Map.of(), List.of("-Djava.io.tmpdir=" + temporary, file));
            pause.awaitFile();
            parent.toHandle().destroyForcibly();
            parent.waitFor();
            assertThat(foldersIn(temporary)).hasSize(1);
        }
        var lines = Programs.outputOf(Asking.class, Map.of(), List.of("-Djava.io.tmpdir=" + temporary, "user.name"));
        assertThat(lines).hasSize(1);
        assertThat(foldersIn(temporary)).isEmpty();
    }

    private static List<Path> foldersIn(Path place) throws IOException {
        try (var entries = Files.list(place)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("forkloom-"))
                    .toList();
        }
    }

    /** Asks a worker for system properties and variables, and prints the answers. */
    static final class Asking {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
                for (String name : args) {
                    System.out.println(name + "=" + pool.call(ParentIT::ask, name));
                }
            }
        }
    }

    static String ask(String name) {
        return name.equals(name.toUpperCase(java.util.Locale.ROOT))
                ? String.valueOf(System.getenv(name))
                : String.valueOf(System.getProperty(name));
    }

    @Test
    void options_meant_for_the_parents_jvm_do_not_reach_the_workers() throws Exception {
        var environment = Map.of(
                "JAVA_TOOL_OPTIONS", "-Dleak=tool",
                "_JAVA_OPTIONS", "-Dleak2=underscore",
                "JDK_JAVA_OPTIONS", "-Dleak3=launcher",
                "FRUIT", "quince");
        var lines = Programs.outputOf(
                Asking.class,
                environment,
                List.of("leak", "leak2", "leak3", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "FRUIT"));
        assertThat(lines)
                .contains(
                        "leak=null",
                        "leak2=null",
                        "leak3=null",
                        "JAVA_TOOL_OPTIONS=null",
                        "_JAVA_OPTIONS=null",
                        "JDK_JAVA_OPTIONS=null",
                        "FRUIT=quince");
        // Once each, by the parent: a worker's "Picked up ..." would be one more.
        assertThat(lines.stream().filter(line -> line.contains("Picked up JAVA_TOOL_OPTIONS")))
                .hasSize(1);
    }

    @Test
    void locale_time_zone_and_encoding_of_the_parent_are_those_of_the_workers() throws Exception {
        var lines = Programs.outputOf(
                Asking.class,
                Map.of("LC_ALL", "C"),
                List.of(
                        "-Duser.language=de",
                        "-Duser.country=CH",
                        "-Duser.timezone=Asia/Tokyo",
                        "-Dfile.encoding=COMPAT",
                        "user.language",
                        "user.country",
                        "user.timezone"));
        assertThat(lines).contains("user.language=de", "user.country=CH", "user.timezone=Asia/Tokyo");
    }

    /** Forgets to close its pool. */
    static final class Forgetting {
        public static void main(String[] args) throws Exception {
            var pool = ProcessPool.open(c -> c.workers(2).heap("64m"));
            System.out.println(pool.call(Work::square, 3));
        }
    }

    @Test
    void a_program_that_forgets_to_close_its_pool_ends_all_the_same() throws Exception {
        assertThat(Programs.outputOf(Forgetting.class, Map.of(), List.of())).containsExactly("9");
    }

    /** Decodes a result that exits where it is read. */
    static final class Reading {
        public static void main(String[] args) throws Exception {
            var pool = ProcessPool.open(c -> c.workers(2).heap("64m"));
            System.out.println(pool.call(Faults::trap, "exit"));
        }
    }

    @Test
    void a_result_that_exits_where_it_is_read_ends_the_program_and_its_workers() throws Exception {
        var program = Programs.start(Reading.class, Map.of(), List.of());
        assertThat(program.waitFor()).isEqualTo(41);
    }

    /** What tasks print comes out of the program; the pool itself prints nothing. */
    static final class Printing {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(2).heap("64m"))) {
                pool.run(ParentIT::print);
                pool.submit(Faults::exit, 3).await();
                pool.submit(Faults::halt, 9).await();
            }
        }
    }

    static void print() {
        System.out.println("the task's own words");
    }

    @Test
    void only_tasks_print() throws Exception {
        assertThat(Programs.outputOf(Printing.class, Map.of(), List.of())).containsExactly("the task's own words");
    }
}
