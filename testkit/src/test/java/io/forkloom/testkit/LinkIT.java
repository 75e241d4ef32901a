package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.PoolEvent.WorkerEnded;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Code of tasks that gets at the link between a worker and its pool. */
class LinkIT extends FaultCase {

    /** Leaves a thread behind that interrupts the worker's own one when that waits for its next task. */
    static String leaveInterrupter(Gate.Door door) {
        var worker = Thread.currentThread();
        Thread.ofPlatform().daemon().name("left behind").start(() -> {
            while (!reads(worker)) {
                Thread.onSpinWait();
            }
            worker.interrupt();
            try (var _ = door.knock("interrupted")) {
                door.pass("and seen");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return "left";
    }

    private static boolean reads(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch.SocketChannelImpl"));
    }

    @Test
    void a_thread_that_a_task_left_behind_cannot_interrupt_the_worker_between_tasks() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            assertThat(pool.call(LinkIT::leaveInterrupter, gate.door())).isEqualTo("left");
            gate.arrivals(2);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.<Boolean>call(Thread::interrupted)).isFalse();
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    static String interruptSelf() throws InterruptedException {
        Thread.currentThread().interrupt();
        Thread.sleep(1);
        return "not interrupted";
    }

    @Test
    void a_task_itself_can_be_interrupted() throws Exception {
        try (var pool = open(1, c -> c.initializer(() -> Thread.currentThread().interrupt()))) {
            assertThat(pool.submit(LinkIT::interruptSelf).await().toException()).hasMessageContaining("Interrupted");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    /** What a native library does that closes a descriptor twice. */
    static String closeSockets(String kind) throws IOException {
        for (int descriptor : descriptors(kind)) {
            close(descriptor);
        }
        return "closed";
    }

    private static List<Integer> descriptors(String kind) throws IOException {
        var found = new ArrayList<Integer>();
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            for (var entry : entries.toList()) {
                if (Files.isSymbolicLink(entry)
                        && Files.readSymbolicLink(entry).toString().startsWith(kind)) {
                    found.add(Integer.valueOf(entry.getFileName().toString()));
                }
            }
        }
        return found;
    }

    @SuppressWarnings("restricted")
    private static void close(int descriptor) {
        var linker = Linker.nativeLinker();
        var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            int _ = (int) linker.downcallHandle(linker.defaultLookup().findOrThrow("close"), type)
                    .invokeExact(descriptor);
        } catch (Throwable e) { // what invokeExact declares; C throws nothing
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_worker_whose_link_was_broken_from_within_crashes_and_says_where_but_what_it_had_done_counts()
            throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            assertThat(pool.call(LinkIT::closeSockets, "socket:")).isEqualTo("closed");
            var ended = probe.await(WorkerEnded.class, 1).getFirst();
            assertThat(ended.exit().announced()).isFalse();
            assertThat(ended.exit().code()).isEqualTo(70);
            assertThat(String.join("\n", ended.report().lastLines()))
                    .contains("Exception")
                    .contains("internal.worker.WorkerMain");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }
}
