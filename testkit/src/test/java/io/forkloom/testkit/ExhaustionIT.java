package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.PoolBrokenException;
import io.forkloom.ProcessPool;
import io.forkloom.TaskFunction;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that have used up their descriptors, or have no room for another thread, while a pool works for them: each
 * task comes to an end of some kind, close() returns, and who has room again can use a pool again.
 */
class ExhaustionIT extends FaultCase {
    /** Tasks without an end after this have none. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** More than a pool bears that fail for another reason. */
    private static final int FAILED_STARTS = 8;

    /** More than a socket takes, and far less than the heap. */
    private static final int LARGE = 1 << 20;

    /** What a program runs out of, and has again. */
    interface Shortage {
        void begin() throws IOException, InterruptedException;

        void end() throws IOException, InterruptedException;
    }

    /** Opens files until there is no descriptor left. */
    static final class Descriptors implements Shortage {
        private final List<FileChannel> taken = new ArrayList<>();

        @Override
        public void begin() {
            try {
                while (true) {
                    taken.add(FileChannel.open(Path.of("/dev/null")));
                }
            } catch (IOException e) {
                // There is none.
            }
        }

        /**
         * A ProcessBuilder that gets some of its pipes and not the next closes descriptors whose numbers it has never
         * set (JDK 25): now and then one of ours is closed already, or standard output.
         */
        @Override
        public void end() {
            for (var each : taken) {
                try {
                    each.close();
                } catch (IOException e) {
                    // see above
                }
            }
        }
    }

    /**
     * Leaves address space for anything but the stack of a thread; the program is started with enormous stacks. What
     * threads leave behind that end is taken at once.
     */
    static final class Threads implements Shortage {
        static final int STACK_MIB = 256;

        private final CountDownLatch ample = new CountDownLatch(1);
        private final CountDownLatch none = new CountDownLatch(1);
        private final Thread taker = new Thread(this::take);

        Threads() {
            taker.start();
        }

        @Override
        public void begin() throws IOException, InterruptedException {
            long pages =
                    Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 2)[0]);
            Native.limitAddressSpace(pages * 4096 + ((long) STACK_MIB << 19)); // half a stack more
            LockSupport.unpark(taker);
            none.await();
        }

        private void take() {
            LockSupport.park();
            while (ample.getCount() > 0) {
                try {
                    var taken = new Thread(() -> awaitQuietly(ample));
                    taken.setDaemon(true);
                    taken.start();
                } catch (OutOfMemoryError e) {
                    none.countDown();
                    LockSupport.parkNanos(1_000_000); // nothing tells that another thread has ended
                }
            }
        }

        private static void awaitQuietly(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void end() throws InterruptedException {
            ample.countDown();
            Native.limitAddressSpace(-1);
            taker.join();
        }
    }

    /** Runs tasks of one kind during the shortage, others after it, and writes into a file how each ended. */
    static final class Starving {
        private static final List<String> ENDS = new ArrayList<>();

        public static void main(String[] args) throws Exception {
            var shortage = args[0].equals("descriptors") ? new Descriptors() : new Threads();
            boolean large = args[1].equals("large");
            rehearse();
            var pool = ProcessPool.open(c -> c.workers(2).heap("128m").drain(Duration.ofSeconds(1)));
            try (var probe = new EventProbe(pool)) {
                probe.await(WorkerReady.class, 2);
                shortage.begin();
                var during = large
                        ? submit(pool, Work::echo, new byte[LARGE], 6)
                        : submit(pool, Starving::die, new byte[1], 6);
                if (large) {
                    awaitAll(during);
                } else {
                    probe.await(WorkerEnded.class, 2 + FAILED_STARTS);
                }
                shortage.end();
                var afterwards = submit(pool, Work::echo, new byte[LARGE], 2);
                tell(awaitAll(during));
                tell(awaitAll(afterwards));
            }
            pool.close();
            var stats = pool.stats();
            say(stats.ended() == stats.submitted() ? "closed" : "closed with " + stats);
            Files.write(Path.of(args[2]), ENDS);
        }

        static String die(byte[] bytes) {
            return Faults.halt(bytes.length);
        }

        /** What is loaded and made only once is there afterwards. */
        private static void rehearse() throws InterruptedException {
            try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
                pool.submit(Work::echo, new byte[LARGE]).await();
                pool.submit(Starving::die, new byte[1]).await();
                pool.submit(Work::echo, new byte[1]).await();
            }
        }

        private static List<TaskHandle<?>> submit(
                ProcessPool pool, TaskFunction<byte[], ?> function, byte[] argument, int count)
                throws InterruptedException {
            var handles = new ArrayList<TaskHandle<?>>();
            for (int i = 0; i < count; i++) {
                try {
                    handles.add(pool.submit(function, argument));
                } catch (PoolBrokenException e) {
                    say("refused");
                } catch (OutOfMemoryError e) {
                    say("accepted, and then " + e); // nobody has a handle of that task
                }
            }
            return handles;
        }

        private static List<TaskHandle<?>> awaitAll(List<TaskHandle<?>> handles) throws InterruptedException {
            var deadline = Instant.now().plus(PATIENCE);
            for (var handle : handles) {
                var left = Duration.between(Instant.now(), deadline);
                if (left.isPositive()) {
                    handle.await(left);
                }
            }
            return handles;
        }

        private static void tell(List<TaskHandle<?>> handles) {
            for (var handle : handles) {
                say(handle.poll().map(end -> end.getClass().getSimpleName()).orElse("no end"));
            }
        }

        private static void say(String line) {
            ENDS.add(line);
        }
    }

    /** A shortage that passes costs nothing but time, and those tasks that were hit. */
    private static void everythingEnds(Process program, Path file) throws Exception {
        Programs.outputOf(program);
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(9).endsWith("Completed", "Completed", "closed");
        assertThat(lines.subList(0, 6)).isSubsetOf("Completed", "Crashed", "Failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "crash"})
    void without_a_descriptor_to_spare_every_task_comes_to_an_end(String kind, @TempDir Path folder) throws Exception {
        var file = folder.resolve("ends");
        everythingEnds(Programs.startWithDescriptors(100, Starving.class, "descriptors", kind, file.toString()), file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "crash"})
    void without_room_for_a_thread_every_task_comes_to_an_end(String kind, @TempDir Path folder) throws Exception {
        var file = folder.resolve("ends");
        // Without its log: the JVM warns of every thread that cannot be started.
        var words = List.of("-Xss" + Threads.STACK_MIB + "m", "-Xlog:disable", "threads", kind, file.toString());
        everythingEnds(Programs.start(Starving.class, Map.of(), words), file);
    }
}
