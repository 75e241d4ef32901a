package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.NotStarted;
import io.forkloom.PoolBrokenException;
import io.forkloom.ProcessPool;
import io.forkloom.TaskAction;
import io.forkloom.TaskFailedException;
import io.forkloom.event.PoolEvent.PoolBroken;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import io.forkloom.event.PoolEvent.WorkerStarted;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How workers start, what they find there, and what becomes of a pool whose workers do not start. */
class StartIT extends FaultCase {
    private static int loaded;

    static void load() {
        loaded = 42;
    }

    static int loaded() {
        return loaded;
    }

    @Test
    void the_initialiser_runs_once_in_each_worker_before_its_first_task() throws Exception {
        try (var pool = open(2, c -> c.initializer(StartIT::load))) {
            for (int i = 0; i < 4; i++) {
                assertThat(pool.<Integer>call(StartIT::loaded)).isEqualTo(42);
            }
            assertThat(pool.submit(Faults::halt, 1).await().task().worker()).isPresent();
            assertThat(pool.<Integer>call(StartIT::loaded)).isEqualTo(42);
            assertThat(loaded).isZero();
        }
    }

    /** The pool breaks; what waited was not started; the number of starts is bounded. */
    private static String reasonOfBreaking(TaskAction initializer, Duration startLimit) throws Exception {
        try (var pool = open(
                        2,
                        c -> c.initializer(initializer)
                                .restarts(2, Duration.ofMinutes(1))
                                .startLimit(startLimit));
                var probe = new EventProbe(pool)) {
            return reasonOfBreaking(pool, probe);
        }
    }

    private static String reasonOfBreaking(ProcessPool pool, EventProbe probe) throws Exception {
        var waiting = pool.submit(Work::square, 3);
        var reason = probe.await(PoolBroken.class, 1).getFirst().reason();
        var outcome = waiting.await();
        assertThat(outcome).isInstanceOf(NotStarted.class);
        assertThat(((NotStarted<?>) outcome).reason()).isEqualTo(reason);
        assertThatThrownBy(() -> pool.call(Work::square, 3))
                .isInstanceOf(PoolBrokenException.class)
                .hasMessageContaining(reason);
        assertThatThrownBy(() -> pool.trySubmit(Work::square, 3)).isInstanceOf(PoolBrokenException.class);
        // Three failures are one too many; the other slot may have one under way.
        assertThat(pool.stats().started()).isBetween(3L, 5L);
        assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
        return reason;
    }

    static void refuse() {
        if (loaded == 0) {
            throw new IllegalStateException("the model is missing");
        }
    }

    @Test
    void an_initialiser_that_throws_breaks_the_pool_and_is_quoted() throws Exception {
        assertThat(reasonOfBreaking(StartIT::refuse, Duration.ofSeconds(30)))
                .contains("its initialiser failed")
                .contains("the model is missing")
                .contains("StartIT.refuse");
    }

    static void leave() {
        System.exit(77);
    }

    @Test
    void an_initialiser_that_exits_breaks_the_pool_and_the_code_is_named() throws Exception {
        assertThat(reasonOfBreaking(StartIT::leave, Duration.ofSeconds(30))).contains("77");
    }

    static void hang() throws InterruptedException {
        new java.util.concurrent.CountDownLatch(1).await();
    }

    @Test
    void an_initialiser_that_hangs_is_killed_at_the_limit() throws Exception {
        assertThat(reasonOfBreaking(StartIT::hang, Duration.ofMillis(1500))).contains("not ready within");
    }

    @Test
    void a_bad_option_of_the_jvm_breaks_the_pool_and_the_jvm_is_quoted() throws Exception {
        try (var pool = open(2, c -> c.jvmOptions("-XX:+NoSuchFlag").restarts(2, Duration.ofMinutes(1)));
                var probe = new EventProbe(pool)) {
            assertThat(reasonOfBreaking(pool, probe)).contains("NoSuchFlag");
        }
    }

    @Test
    void a_worker_that_fails_to_start_now_and_then_breaks_nothing(@TempDir Path folder) throws Exception {
        String file = folder.resolve("first").toString();
        try (var pool = open(
                1,
                c -> c.initializer(() -> {
                    if (!Files.exists(Path.of(file))) {
                        Files.createFile(Path.of(file));
                        throw new IllegalStateException("only the first time");
                    }
                }))) {
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }

    @Test
    void a_storm_of_deaths_outside_of_tasks_breaks_the_pool_after_a_bounded_number_of_starts() throws Exception {
        try (var pool = open(1, c -> c.restarts(1, Duration.ofMinutes(1)));
                var probe = new EventProbe(pool)) {
            for (int i = 1; probe.events(PoolBroken.class).isEmpty() && i < 20; i++) {
                signal("KILL", probe.await(WorkerReady.class, i).getLast().pid());
                probe.await(WorkerEnded.class, i);
                if (i == 5) {
                    probe.await(PoolBroken.class, 1);
                }
            }
            assertThat(probe.events(WorkerStarted.class)).hasSizeLessThan(8);
            assertThatThrownBy(() -> pool.call(Work::square, 3)).isInstanceOf(PoolBrokenException.class);
        }
    }

    static void shout() {
        for (int i = 0; i < 40; i++) {
            System.out.print("x".repeat(100_000)); // no line ends here
            System.err.print("y".repeat(100_000));
        }
        System.out.flush();
    }

    static String shoutAndDie(int code) {
        shout();
        return Faults.halt(code);
    }

    @Test
    void noise_from_the_first_byte_without_line_ends_disturbs_nobody() throws Exception {
        try (var pool = open(1, c -> c.initializer(StartIT::shout).jvmOptions("-Xlog:all=info:stdout"))) {
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            pool.run(StartIT::shout);
            var crashed = (io.forkloom.Outcome.Crashed<?>)
                    pool.submit(StartIT::shoutAndDie, 1).await();
            int characters = crashed.report().lastLines().stream()
                    .mapToInt(String::length)
                    .sum();
            assertThat(characters).isPositive().isLessThan(100_000);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    static String environment(String name) {
        return String.valueOf(System.getenv(name));
    }

    static String folder() {
        return Path.of("").toAbsolutePath().toString();
    }

    static @Nullable String property(String name) {
        return System.getProperty(name);
    }

    static int read() throws java.io.IOException {
        return System.in.read();
    }

    @Test
    void a_worker_has_the_environment_folder_and_options_it_was_given(@TempDir Path folder) throws Exception {
        try (var pool = open(
                1, c -> c.environment("FRUIT", "quince").directory(folder).jvmOptions("-Dcolour=blue", "-Xss2m"))) {
            assertThat(pool.call(StartIT::environment, "FRUIT")).isEqualTo("quince");
            assertThat(pool.call(StartIT::environment, "PATH")).isEqualTo(System.getenv("PATH"));
            assertThat(pool.<String>call(StartIT::folder))
                    .isEqualTo(folder.toRealPath().toString());
            assertThat(pool.<String, @Nullable String>call(StartIT::property, "colour"))
                    .isEqualTo("blue");
        }
        assertThatThrownBy(() -> open(1, c -> c.directory(folder.resolve("nowhere"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void standard_input_of_a_task_is_empty() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<Integer>call(StartIT::read)).isEqualTo(-1);
            assertThat(pool.<Integer>call(StartIT::read)).isEqualTo(-1);
        }
    }

    static int nested(int number) throws InterruptedException {
        try (var inner = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
            return inner.call(Work::square, number);
        }
    }

    static int nestedOnPurpose(int number) throws InterruptedException {
        try (var inner = ProcessPool.open(c -> c.workers(1).heap("64m").allowNested())) {
            return inner.call(Work::square, number);
        }
    }

    @Test
    void a_pool_within_a_pool_is_refused_unless_asked_for() throws Exception {
        try (var pool = open(1)) {
            assertThatThrownBy(() -> pool.call(StartIT::nested, 7))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("worker 0.1")
                    .hasMessageContaining("allowNested()");
            assertThat(pool.call(StartIT::nestedOnPurpose, 7)).isEqualTo(49);
        }
    }

    @Test
    void locale_and_time_zone_are_handed_on() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<Locale>call(Locale::getDefault)).isEqualTo(Locale.getDefault());
            assertThat(pool.<String, @Nullable String>call(StartIT::property, "file.encoding"))
                    .isEqualTo(System.getProperty("file.encoding"));
        }
    }

    private static Optional<Path> privateFolder() throws java.io.IOException {
        String prefix = "forkloom-" + ProcessHandle.current().pid() + "-";
        try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .findFirst();
        }
    }

    /** It is made while the process starts. */
    private static Path awaitPrivateFolder() throws java.io.IOException {
        while (true) {
            var folder = privateFolder();
            if (folder.isPresent()) {
                return folder.get();
            }
            LockSupport.parkNanos(1_000_000); // nobody tells of it
        }
    }

    /** Connects to the socket of a pool whose worker has not done so yet. */
    private static SocketChannel stranger() throws java.io.IOException {
        var socket = UnixDomainSocketAddress.of(awaitPrivateFolder().resolve("s"));
        while (true) {
            try {
                return SocketChannel.open(socket);
            } catch (java.net.SocketException e) {
                LockSupport.parkNanos(1_000_000); // it is not there yet
            }
        }
    }

    @Test
    void the_folder_of_the_socket_is_private_and_gone_once_a_worker_has_connected(@TempDir Path folder)
            throws Exception {
        try (var pause = new Pause(folder);
                var pool = open(1, pause::into)) {
            var handle = pool.submit(Work::square, 3);
            pause.await();
            var secret = awaitPrivateFolder();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rwx------");
            pause.release();
            assertThat(handle.join()).isEqualTo(9);
            assertThat(privateFolder()).isEmpty();
        }
    }

    @Test
    void a_stranger_at_the_socket_gets_nothing_and_the_pool_gets_a_worker(@TempDir Path folder) throws Exception {
        try (var pause = new Pause(folder);
                var pool = open(1, pause::into);
                var probe = new EventProbe(pool)) {
            var handle = pool.submit(Work::square, 3);
            pause.await();
            try (var stranger = stranger()) {
                stranger.write(ByteBuffer.wrap(
                        "let me in, I am a worker, really!".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
                pause.release();
                var ended = probe.await(WorkerEnded.class, 1).getFirst();
                assertThat(ended.exit().reason().orElseThrow()).contains("protocol");
                assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            pause.await();
            pause.release();
            assertThat(handle.join()).isEqualTo(9);
        }
    }

    @Test
    void a_stranger_that_says_nothing_holds_up_the_pool_no_longer_than_a_start_may_take(@TempDir Path folder)
            throws Exception {
        try (var pause = new Pause(folder);
                var pool = open(1, c -> {
                    pause.into(c);
                    c.startLimit(Duration.ofSeconds(3));
                })) {
            var handle = pool.submit(Work::square, 3);
            pause.await();
            try (var _ = stranger()) {
                pause.release();
                pause.await();
                pause.release();
                assertThat(handle.join()).isEqualTo(9);
            }
        }
    }
}
