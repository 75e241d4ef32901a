package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import io.forkloom.Retry;
import io.forkloom.TaskContext;
import io.forkloom.TaskFunction;
import io.forkloom.TaskOptions;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Arrays that cross in the place where they stand, and not as a copy. */
class LargeArrayIT extends FaultCase {
    private static final int SIZE = 3_000_001;
    private static @Nullable WeakReference<byte[]> last;

    private static long sum(byte[] bytes) {
        long sum = 0;
        for (byte each : bytes) {
            sum += each;
        }
        return sum;
    }

    private static long sumOnceOpened(Gate.Door door, byte[] bytes) throws Exception {
        door.pass("here");
        return sum(bytes);
    }

    private static byte[] filled(int size, int value) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Object same(Object array) {
        return array;
    }

    private static int keepWeakly(byte[] bytes) {
        last = new WeakReference<>(bytes);
        return bytes.length;
    }

    private static boolean isFreed() {
        System.gc();
        return Objects.requireNonNull(last).refersTo(null);
    }

    @Test
    void arrays_of_all_kinds_go_there_and_come_back() throws Exception {
        var floats = new float[SIZE];
        var chars = new char[SIZE];
        for (int i = 0; i < SIZE; i++) {
            floats[i] = i / 3f;
            chars[i] = (char) (i * 31);
        }
        try (var pool = open(1)) {
            for (Object array :
                    List.of(filled(SIZE, 7), floats, chars, new boolean[SIZE], new long[20_000], "é".repeat(SIZE))) {
                assertThat(Objects.deepEquals(pool.call(LargeArrayIT::same, array), array))
                        .isTrue();
                assertThat(Objects.deepEquals(
                                pool.submit(LargeArrayIT::same, array).join(), array))
                        .isTrue();
                assertThat(Objects.deepEquals(pool.call(() -> same(array)), array))
                        .isTrue();
            }
        }
    }

    @Test
    void an_array_that_was_submitted_may_be_changed_at_once() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var door = gate.door();
            var bytes = filled(SIZE, 1);
            var running = pool.submit(() -> sumOnceOpened(door, new byte[1]));
            var waiting = pool.submit(LargeArrayIT::sum, bytes);
            var captured = pool.submit(() -> sum(bytes));
            var tried = pool.trySubmit(LargeArrayIT::sum, bytes).orElseThrow();
            var executed = pool.asExecutorService().submit(() -> sum(bytes));
            Arrays.fill(bytes, (byte) 2);
            gate.open();
            assertThat(running.join()).isZero();
            for (var each : List.of(waiting, captured, tried, executed)) {
                assertThat(each.get()).isEqualTo(SIZE);
            }
        }
    }

    private static long crashOnce(byte[] bytes) {
        if (TaskContext.current().worker().generation() == 1) {
            Arrays.fill(bytes, (byte) 3);
            Runtime.getRuntime().halt(9);
        }
        return sum(bytes);
    }

    @Test
    void a_second_attempt_has_the_array_as_it_was() throws Exception {
        try (var pool = open(1)) {
            var again = pool.with(TaskOptions.retry(Retry.onCrash(2)));
            assertThat(again.call(LargeArrayIT::crashOnce, filled(SIZE, 1))).isEqualTo(SIZE);
        }
    }

    @Test
    void a_worker_holds_nothing_of_a_task_that_has_ended() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.call(LargeArrayIT::keepWeakly, filled(SIZE, 1))).isEqualTo(SIZE);
            assertThat(pool.call(LargeArrayIT::isFreed)).isTrue();
        }
    }

    record Model(float[] weights) implements Serializable {}

    @Test
    void a_large_array_is_broadcast_as_it_was() throws Exception {
        try (var pool = open(2)) {
            var bytes = filled(SIZE, 1);
            try (var broadcast = pool.broadcast(bytes)) {
                Arrays.fill(bytes, (byte) 2);
                TaskFunction<Integer, Long> sum = any -> sum(broadcast.value());
                for (long each : pool.map(sum, List.of(1, 2, 3, 4))) {
                    assertThat(each).isEqualTo(SIZE);
                }
            }
        }
    }

    @Test
    void an_initialiser_may_capture_a_large_array() throws Exception {
        var bytes = filled(SIZE, 1);
        try (var pool = open(1, c -> c.state(() -> new Model(new float[(int) sum(bytes)])))) {
            assertThat(pool.call(() -> TaskContext.current().state(Model.class).weights().length))
                    .isEqualTo(SIZE);
        }
    }

    @Test
    void a_result_that_is_larger_than_believed_arrives() throws Exception {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("512m"))) {
            assertThat(pool.call(() -> new int[20 << 20]).length).isEqualTo(20 << 20);
        }
    }
}
