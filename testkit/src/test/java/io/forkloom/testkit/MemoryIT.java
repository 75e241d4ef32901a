package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.TaskOutOfMemoryException;
import io.forkloom.event.MemoryKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of memory that can be used up, by name. */
class MemoryIT extends FaultCase {
    private static MemoryKind kind(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(OutOfMemory.class);
        return ((OutOfMemory<?>) outcome).kind();
    }

    @Test
    void the_kind_is_told_where_the_worker_could_say_it() throws Exception {
        try (var pool = open(1, c -> c.jvmOptions("-XX:MaxMetaspaceSize=24m", "-XX:MaxDirectMemorySize=16m"))) {
            var heap = pool.submit(Faults::heapOutOfMemory, 1 << 20).await();
            assertThat(kind(heap)).isEqualTo(MemoryKind.HEAP);
            assertThatThrownBy(heap::orThrow)
                    .isInstanceOf(TaskOutOfMemoryException.class)
                    .hasMessageContaining("ran out of memory (heap)");
            assertThat(kind(pool.submit(Faults::metaspaceOutOfMemory, 1_000).await()))
                    .isEqualTo(MemoryKind.METASPACE);
            assertThat(kind(pool.submit(Faults::directOutOfMemory, 1 << 20).await()))
                    .isEqualTo(MemoryKind.DIRECT);
            assertThat(kind(pool.submit(Faults::threadOutOfMemory, 1 << 22).await()))
                    .isEqualTo(MemoryKind.THREADS);
        }
    }

    /** What a heap that is as good as full comes to, without its end: collections, each of which has a lot to look at. */
    static int collect(int objects) {
        var kept = new ArrayList<List<Integer>>();
        while (kept.size() < objects) {
            kept.add(new ArrayList<>(List.of(kept.size())));
        }
        while (!kept.isEmpty()) {
            System.gc();
        }
        return kept.size();
    }

    @Test
    void a_task_under_which_only_garbage_is_collected_is_out_of_memory() throws Exception {
        try (var pool = open(1)) {
            assertThat(kind(pool.submit(MemoryIT::collect, 300_000).await())).isEqualTo(MemoryKind.COLLECTION);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    static int hold(Gate.Door door, int megabytes) throws java.io.IOException {
        try (var channel = door.knock("holding")) { // before it holds much: it may be stopped on the way
            var buffer = ByteBuffer.allocateDirect(megabytes << 20);
            for (int at = 0; at < buffer.capacity(); at += 4096) {
                buffer.put(at, (byte) 1); // until then the kernel has given nothing
            }
            channel.read(ByteBuffer.allocate(1));
            return buffer.capacity();
        }
    }

    @Test
    void a_worker_over_its_limit_on_resident_memory_is_stopped() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1, c -> c.residentLimit("300m").jvmOptions("-XX:MaxDirectMemorySize=1g"))) {
            var outcome = pool.submit(MemoryIT::hold, gate.door(), 400).await();
            assertThat(kind(outcome)).isEqualTo(MemoryKind.RESIDENT);
            gate.arrivals(1).getFirst().awaitGone();
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }
}
