package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AOT caches of workers: made behind the program's back, used by what starts later, and never a worker's end. */
@Timeout(180) // who makes a cache stands back behind all others
class AotCacheIT extends FaultCase {
    private static final String USED = "true 9";
    private static final String UNUSED = "false 9";

    @TempDir
    private static Path shared;

    private static Path jar;
    private static Path tests;
    private static Path made;

    /** Opens a pool, and closes it when a file of this kind is in its folder; then prints what is there. */
    static final class Making {
        public static void main(String[] args) throws Exception {
            var folder = Path.of(args[0]);
            try (var pool = open(folder)) {
                assertThatItWorks(pool);
                while (named(folder, args[1]).isEmpty()) {
                    LockSupport.parkNanos(10_000_000); // nobody tells of it
                }
            }
            System.out.println(named(folder, "*"));
        }

        private static void assertThatItWorks(ProcessPool pool) throws InterruptedException {
            if (pool.call(Work::square, 3) != 9) {
                throw new IllegalStateException("it counts otherwise");
            }
        }
    }

    /** Tells whether a worker has a cache, and what it answers. */
    static final class Using {
        public static void main(String[] args) throws Exception {
            try (var pool = open(Path.of(args[0]))) {
                System.out.println(pool.call(() -> hasCache()) + " " + pool.call(Work::square, 3));
            }
        }
    }

    private static ProcessPool open(Path folder) {
        return ProcessPool.open(c -> c.workers(1).heap("64m").aotCache(folder));
    }

    private static List<String> named(Path folder, String pattern) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (java.nio.file.NoSuchFileException e) {
            return List.of(); // made when it is first needed
        }
        return names;
    }

    static boolean hasCache() throws IOException {
        return Files.readString(Path.of("/proc/self/maps")).contains(".aot");
    }

    @BeforeAll
    static void make() throws Exception {
        jar = Built.jar(shared.resolve("forkloom.jar"), Built.forkloom());
        tests = Built.jar(shared.resolve("tests.jar"), Built.locationOf(AotCacheIT.class));
        made = shared.resolve("made");
        var left = run(Making.class, made, "*.aot");
        assertThat(left).hasSize(1);
        assertThat(left.getFirst()).matches("\\[(lock, [0-9a-f]{32}\\.aot|[0-9a-f]{32}\\.aot, lock)]");
    }

    private static List<String> run(Class<?> program, Path folder, String... words) throws Exception {
        var command = new ArrayList<>(List.of(
                "-Xmx64m", "-cp", jar + File.pathSeparator + tests + File.pathSeparator + work(), program.getName()));
        command.add(folder.toString());
        command.addAll(List.of(words));
        return Programs.outputOf(Programs.tool("java", command));
    }

    private static Path work() throws IOException {
        var path = shared.resolve("work.jar");
        return Files.exists(path) ? path : Built.jar(path, Built.locationOf(Work.class));
    }

    /** A folder with the cache that was made, to be spoilt. */
    private static Path copy(Path folder) throws IOException {
        var copy = Files.createDirectory(
                folder.resolve("copy"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(cacheIn(made), copy.resolve(cacheIn(made).getFileName()));
        return copy;
    }

    private static Path cacheIn(Path folder) throws IOException {
        return folder.resolve(named(folder, "*.aot").getFirst());
    }

    @Test
    void a_cache_is_for_the_user_alone_and_used_by_the_workers_of_the_next_program() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(run(Using.class, made)).containsExactly(USED);
    }

    /** As {@link Making}, with a practice that says so; then as {@link Using}. */
    static final class Practising {
        public static void main(String[] args) throws Exception {
            var folder = Path.of(args[0]);
            try (var _ = open(folder, args[1])) {
                while (named(folder, "*.aot").isEmpty()) {
                    LockSupport.parkNanos(10_000_000); // nobody tells of it
                }
            }
            System.out.println(named(folder, "*.aot").getFirst());
            try (var pool = open(folder, args[1])) {
                System.out.println(pool.call(() -> hasCache()) + " " + pool.call(Work::square, 3));
            }
        }

        private static ProcessPool open(Path folder, String sign) {
            return ProcessPool.open(c -> c.workers(1)
                    .heap("64m")
                    .jvmOptions("--enable-native-access=ALL-UNNAMED")
                    .aotCache(folder, () -> Files.writeString(Path.of(sign), "done")));
        }
    }

    @Test
    void who_makes_a_cache_practises_and_the_cache_is_for_that_practice(@TempDir Path folder) throws Exception {
        var sign = folder.resolve("practised");
        var lines = run(Practising.class, folder.resolve("caches"), sign.toString());
        assertThat(sign).hasContent("done");
        assertThat(lines)
                .containsExactly(cacheIn(folder.resolve("caches")).getFileName().toString(), USED);
        assertThat(run(Using.class, folder.resolve("caches"))).containsExactly(UNUSED);
    }

    @Test
    void a_cache_that_is_cut_short_costs_nothing_and_nothing_is_said(@TempDir Path folder) throws Exception {
        var copy = copy(folder);
        try (var file = FileChannel.open(cacheIn(copy), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 3);
        }
        assertThat(run(Using.class, copy)).containsExactly(UNUSED);
    }

    @Test
    void garbage_in_place_of_a_cache_costs_nothing_and_nothing_is_said(@TempDir Path folder) throws Exception {
        var copy = copy(folder);
        Files.write(
                cacheIn(copy), "no cache at all\n".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(run(Using.class, copy)).containsExactly(UNUSED);
    }

    @Test
    void a_cache_of_other_jars_costs_nothing_and_nothing_is_said(@TempDir Path folder) throws Exception {
        var copy = copy(folder);
        var other = Built.jar(folder.resolve("other.jar"), Built.forkloom());
        var stale = jar;
        jar = other;
        try {
            assertThat(run(Using.class, copy)).containsExactly(UNUSED); // it has another key
        } finally {
            jar = stale;
        }
        var before = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(before.toMillis() + 60_000));
        try {
            assertThat(run(Using.class, copy)).containsExactly(UNUSED);
        } finally {
            Files.setLastModifiedTime(jar, before);
        }
        assertThat(run(Using.class, copy)).containsExactly(USED);
    }

    @Test
    void a_folder_that_others_can_write_to_is_not_used(@TempDir Path folder) throws Exception {
        var copy = copy(folder);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(run(Using.class, copy)).containsExactly(UNUSED);
    }

    @Test
    void a_folder_that_cannot_be_made_costs_nothing(@TempDir Path folder) throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        assertThat(run(Using.class, file)).containsExactly(UNUSED);
        assertThat(run(Using.class, file.resolve("below"))).containsExactly(UNUSED);
    }

    @Test
    void a_pool_that_is_closed_while_a_cache_is_made_leaves_nothing_of_it(@TempDir Path folder) throws Exception {
        assertThat(run(Making.class, folder.resolve("closed"), "making.config")).containsExactly("[lock]");
    }

    @Test
    void what_a_killed_program_has_left_is_removed_and_the_cache_is_made(@TempDir Path folder) throws Exception {
        var copy = copy(folder);
        Files.delete(cacheIn(copy));
        Files.writeString(copy.resolve("making"), "half");
        Files.writeString(copy.resolve("making.config"), "half");
        assertThat(run(Making.class, copy, "*.aot").getFirst()).doesNotContain("making");
        assertThat(run(Using.class, copy)).containsExactly(USED);
    }
}
