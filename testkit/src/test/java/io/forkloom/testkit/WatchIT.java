package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.forkloom.ProcessPool;
import io.forkloom.event.Culprit;
import io.forkloom.event.WatchEvent;
import io.forkloom.watch.Watch;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The culprits, in worker JVMs with as many carriers as the test says: there they may run without an end. */
@Timeout(120)
class WatchIT {
    /** What a worker tells of a culprit. */
    record Caught(String kind, String function, String detail, String stack) implements Serializable {
        static Caught of(Culprit culprit) {
            return new Caught(
                    culprit.kind().name(), culprit.function(), culprit.detail(), String.join("\n", culprit.stack()));
        }
    }

    private static ProcessPool carriers(int number) {
        return ProcessPool.open(c -> c.workers(1)
                .drain(Duration.ofMillis(100))
                .jvmOptions(
                        "-Djdk.virtualThreadScheduler.parallelism=" + number,
                        "-Djdk.virtualThreadScheduler.maxPoolSize=16",
                        "--enable-native-access=ALL-UNNAMED"));
    }

    /** Runs it on as many virtual threads at once, and gives the first so many culprits. */
    private static List<Caught> caught(int threads, int culprits, Runnable body) throws InterruptedException {
        Slow.warmUp();
        var found = new LinkedBlockingQueue<WatchEvent>();
        try (var _ = Watch.open(c -> c.listener(found::add))) {
            for (int i = 0; i < threads; i++) {
                Thread.ofVirtual().start(body);
            }
            var caught = new ArrayList<Caught>();
            while (caught.size() < culprits) {
                if (found.take() instanceof WatchEvent.Blocked(var culprit)) {
                    caught.add(Caught.of(culprit));
                }
            }
            return List.copyOf(caught);
        }
    }

    static List<Caught> crunching() throws InterruptedException {
        return caught(2, 1, Slow::crunch);
    }

    static List<Caught> sleepingInNativeCode() throws InterruptedException {
        return caught(1, 1, Slow::nap);
    }

    static List<Caught> matching() throws InterruptedException {
        return caught(1, 1, Slow::match);
    }

    static List<Caught> initialising() throws InterruptedException {
        return caught(2, 2, Slow::initialise);
    }

    static List<Caught> sorting() throws InterruptedException {
        return caught(1, 1, Slow::sort);
    }

    static List<Caught> readingInASynchronisedSection(String pipe) throws InterruptedException {
        return caught(1, 1, () -> Slow.read(pipe));
    }

    @Test
    void number_crunching_is_named_by_its_function() throws Exception {
        try (var pool = carriers(2)) {
            assertThat(pool.call(WatchIT::crunching)).singleElement().satisfies(caught -> {
                assertThat(caught.kind()).isEqualTo("COMPUTING");
                assertThat(caught.function()).isEqualTo("io.forkloom.testkit.Slow.crunch");
                assertThat(caught.stack()).contains("Slow.crunch(Slow.java:");
            });
        }
    }

    @Test
    void a_sleep_in_native_code_is_named_by_the_function_that_calls_it() throws Exception {
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::sleepingInNativeCode))
                    .extracting(Caught::kind, Caught::function)
                    .containsExactly(tuple("NATIVE", "io.forkloom.testkit.Slow$Linked.sleep"));
        }
    }

    @Test
    void a_big_regular_expression_is_named_by_the_function_that_matches_it() throws Exception {
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::matching)).singleElement().satisfies(caught -> {
                assertThat(caught.kind()).isEqualTo("COMPUTING");
                assertThat(caught.function()).isEqualTo("io.forkloom.testkit.Slow.match");
                assertThat(caught.stack()).contains("java.util.regex.");
            });
        }
    }

    @Test
    void an_initialiser_that_waits_is_named_and_so_is_who_waits_for_it() throws Exception {
        try (var pool = carriers(2)) {
            assertThat(pool.call(WatchIT::initialising))
                    .extracting(Caught::kind, Caught::function, Caught::detail)
                    .containsExactlyInAnyOrder(
                            tuple(
                                    "PINNED",
                                    "io.forkloom.testkit.Slow$Lazy.<clinit>",
                                    "in the initialiser of io.forkloom.testkit.Slow$Lazy"),
                            tuple(
                                    "PINNED",
                                    "io.forkloom.testkit.Slow.initialise",
                                    "waits for another thread that initialises io.forkloom.testkit.Slow$Lazy"));
        }
    }

    @Test
    void a_wait_below_a_native_frame_is_named() throws Exception {
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::sorting))
                    .extracting(Caught::kind, Caught::function, Caught::detail)
                    .containsExactly(tuple("PINNED", "io.forkloom.testkit.Slow.compare", "a native frame is below it"));
        }
    }

    @Test
    void a_file_that_is_read_in_a_synchronised_section_is_named(@TempDir Path folder) throws Exception {
        var pipe = folder.resolve("pipe").toString();
        Native.system("mkfifo " + pipe);
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::readingInASynchronisedSection, pipe))
                    .extracting(Caught::kind, Caught::function, Caught::detail)
                    .containsExactly(tuple("NATIVE", "io.forkloom.testkit.Slow.read", "java.io.FileInputStream.open0"));
        }
    }

    /** Three threads at one socket and its lock; then others run as if there were none of them. */
    static List<Caught> acceptingInASynchronisedSection() throws InterruptedException {
        try (var watch = Watch.open()) {
            for (int i = 0; i < 3; i++) {
                var thread = Thread.ofVirtual().start(Slow::accept);
                while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
                    Thread.onSpinWait();
                }
            }
            for (int i = 0; i < 10; i++) {
                Thread.ofVirtual().start(() -> {}).join();
            }
            return watch.culprits().stream().map(Caught::of).toList();
        }
    }

    @Test
    void network_io_in_a_synchronised_section_lets_the_others_run_and_nobody_is_blamed() throws Exception {
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::acceptingInASynchronisedSection)).isEmpty();
        }
    }

    private static VirtualThreadSchedulerMXBean scheduler() {
        return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    }

    private static Culprit freed(BlockingQueue<WatchEvent> events) throws InterruptedException {
        while (true) {
            if (events.take() instanceof WatchEvent.Freed(var culprit)) {
                return culprit;
            }
        }
    }

    /** With one carrier: what another virtual thread saw while one computed, then the carriers at the end. */
    static List<Integer> rescuing() throws InterruptedException {
        var events = new LinkedBlockingQueue<WatchEvent>();
        try (var watch = Watch.open(c -> c.rescue(2).listener(events::add))) {
            var hog = Thread.ofVirtual().start(Slow::crunch);
            Thread.ofVirtual().start(() -> {}).join();
            int rescued = scheduler().getParallelism();
            boolean computes = hog.isAlive();
            Slow.enough = true;
            hog.join();
            freed(events);
            while (scheduler().getParallelism() != 1) {
                Thread.onSpinWait();
            }
            return List.of(rescued, computes ? 1 : 0, watch.culprits().size());
        }
    }

    @Test
    void a_rescue_lets_the_others_run_while_the_culprit_computes_and_then_takes_its_carrier_back() throws Exception {
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::rescuing)).containsExactly(2, 1, 1);
        }
    }

    /** The carriers after a watch was closed amid its rescue, and what a second watch said before. */
    static List<String> rescuingTwice() throws InterruptedException {
        var said = new ArrayList<String>();
        try (var _ = Watch.open(c -> c.rescue(1))) {
            Thread.ofVirtual().start(Slow::crunch);
            Thread.ofVirtual().start(() -> {}).join();
            try (var second = Watch.open(c -> c.rescue(1))) {
                said.add("a second one, which has " + second.culprits());
            } catch (IllegalStateException e) {
                said.add(String.valueOf(e.getMessage()));
            }
        }
        said.add(String.valueOf(scheduler().getParallelism()));
        return said;
    }

    @Test
    void a_rescue_has_one_owner_and_ends_with_it() throws Exception {
        try (var pool = carriers(1)) {
            var said = pool.call(WatchIT::rescuingTwice);
            assertThat(said.getFirst()).contains("close that one first");
            assertThat(said.getLast()).isEqualTo("1");
        }
    }

    /** As many short pieces of work as fill a second, and the collector at work beside them. */
    static List<Caught> crowding() throws InterruptedException {
        try (var watch = Watch.open()) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 2000; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    double sum = 0;
                    for (int k = 0; k < 200_000; k++) {
                        sum += Math.sqrt(k);
                    }
                    Slow.result = sum;
                }));
            }
            for (int i = 0; i < 5; i++) {
                System.gc();
            }
            for (var thread : threads) {
                thread.join();
            }
            return watch.culprits().stream().map(Caught::of).toList();
        }
    }

    @Test
    void a_crowd_of_short_ones_is_not_blamed_on_one_of_them() throws Exception {
        try (var pool = carriers(1)) {
            assertThat(pool.call(WatchIT::crowding)).isEmpty();
        }
    }

    /** What a stretch of a test says that this runs in. */
    static String failure(boolean blocks) throws InterruptedException {
        try (var _ = Watch.noBlocking(Duration.ofMillis(50))) {
            var thread = Thread.ofVirtual().start(blocks ? Slow::crunch : () -> {});
            // A second one runs only when the first has been caught, for until then there is one carrier.
            Thread.ofVirtual().start(() -> Slow.enough = true).join();
            thread.join();
        } catch (AssertionError e) {
            return e.getMessage() + " / " + scheduler().getParallelism();
        }
        return "nothing / " + scheduler().getParallelism();
    }

    @Test
    void a_test_without_blocking_fails_with_the_stack_of_the_culprit_although_other_carriers_are_free()
            throws Exception {
        try (var pool = carriers(4)) {
            assertThat(pool.call(WatchIT::failure, true))
                    .startsWith("io.forkloom.testkit.Slow.crunch computed for ")
                    .contains("send it to a pool\n\tat io.forkloom.testkit.Slow.crunch(Slow.java:")
                    .endsWith(" / 4");
        }
    }

    @Test
    void a_test_without_blocking_passes_where_nobody_blocks() throws Exception {
        try (var pool = carriers(4)) {
            assertThat(pool.call(WatchIT::failure, false)).isEqualTo("nothing / 4");
        }
    }

    /** Whom a watch blames when the process as a whole was stopped, with a virtual thread on its only carrier. */
    static List<String> stopped(Gate.Door door) throws Exception {
        try (var watch = Watch.open()) {
            var busy = Thread.ofVirtual().start(Slow::flutter);
            door.pass("stop me");
            for (int i = 0; i < 100; i++) {
                Thread.ofVirtual().start(() -> {}).join();
            }
            Slow.enough = true;
            busy.join();
            return watch.culprits().stream().map(Culprit::function).toList();
        }
    }

    @Test
    void nobody_is_blamed_where_the_machine_did_not_run_the_program() throws Exception {
        try (var gate = Gate.shut();
                var pool = carriers(1)) {
            var stopped = pool.submit(WatchIT::stopped, gate.door());
            long worker = gate.arrivals(1).getFirst().pid();
            Native.system("kill -STOP " + worker + "; sleep 0.5; kill -CONT " + worker);
            gate.open();
            assertThat(stopped.join()).isEmpty();
        }
    }
}
