package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Large messages in both directions, and callers that give up in the middle of them. */
class TrafficIT extends FaultCase {
    private static final int LARGE = 4 << 20;

    private static byte[] block(int bytes, int seed) {
        var block = new byte[bytes];
        for (int i = 0; i < bytes; i += 4096) {
            block[i] = (byte) (i / 4096 + seed);
        }
        return block;
    }

    @Test
    void large_arguments_and_results_cross_each_other_without_deadlock() throws Exception {
        try (var pool = open(2, c -> c.heap("128m"))) {
            var callers = new ArrayList<Trial>();
            for (int i = 0; i < 16; i++) {
                var block = block(LARGE, i);
                callers.add(new Trial(() -> {
                    for (int call = 0; call < 4; call++) {
                        assertThat(pool.<byte[], byte[]>call(Work::echo, block)).isEqualTo(block);
                    }
                    return "done";
                }));
            }
            for (var caller : callers) {
                assertThat(caller.thrown()).isNull();
            }
            assertThat(pool.stats().completed()).isEqualTo(64);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }

    @Test
    void callers_interrupted_while_they_write_do_not_break_the_link() throws Exception {
        try (var pool = open(1, c -> c.heap("400m"))) {
            var block = block(64 << 20, 1);
            int interrupted = 0;
            for (int i = 0; i < 12; i++) {
                var caller = new Trial(() -> pool.call(TrafficIT::length, block));
                for (int spin = 0; spin < i * 20_000; spin++) {
                    Thread.onSpinWait(); // another moment each time
                }
                caller.thread().interrupt();
                var thrown = caller.thrown();
                if (thrown != null) {
                    assertThat(thrown).isInstanceOf(InterruptedException.class);
                    interrupted++;
                }
                assertThat(pool.call(Work::square, i)).isEqualTo(i * i);
            }
            assertThat(interrupted).isPositive();
            var stats = pool.stats();
            assertThat(stats.crashed()).isZero();
            assertThat(stats.failed()).isZero();
            assertThat(stats.ended()).isEqualTo(stats.submitted());
        }
    }

    static int length(byte[] bytes) {
        return bytes.length;
    }

    @Test
    void an_interrupt_that_is_pending_on_submit_does_not_close_the_link() throws Exception {
        try (var pool = open(1)) {
            for (int i = 0; i < 20; i++) {
                // trySubmit does not care for interrupts: so it writes to the link with one pending.
                Thread.currentThread().interrupt();
                var handle = pool.trySubmit(TrafficIT::length, block(300_000, i));
                assertThat(Thread.interrupted()).isTrue();
                assertThat(handle.orElseThrow().join()).isEqualTo(300_000);
            }
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @Test
    void a_queue_bounded_in_bytes_lets_no_more_in() throws Exception {
        try (var gate = Gate.shut();
                var pool = ProcessPool.open(c -> c.workers(1).heap("128m").queue(1000, "10m"))) {
            var running = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            int accepted = 0;
            while (pool.trySubmit(TrafficIT::length, block(1 << 20, accepted)).isPresent()) {
                accepted++;
            }
            assertThat(accepted).isBetween(8, 10);
            gate.open();
            assertThat(running.join()).isEqualTo("somebody");
        }
    }
}
