package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadPoolTest extends TaskPoolContract {
    @Override
    public TaskPool open(Setup setup) {
        return ThreadPool.open(
                c -> c.workers(setup.workers()).queue(setup.queue(), "64m").drain(setup.drain()));
    }

    @Test
    void a_task_that_ignores_interrupts_keeps_its_slot_until_it_returns() throws Exception {
        try (var gate = Gate.shut();
                var pool = ThreadPool.open(c -> c.workers(1))) {
            var returned = new CountDownLatch(1);
            var arrived = new CountDownLatch(1);
            var deaf = pool.submit(() -> {
                arrived.countDown();
                while (returned.getCount() > 0) {
                    try {
                        returned.await();
                    } catch (InterruptedException e) {
                        // heard, and ignored
                    }
                }
                return "at last";
            });
            arrived.await();
            assertThat(pool.canKill()).isFalse();
            assertThat(deaf.cancel("the test says so")).isTrue();
            var behind = pool.submit(Gate.Door::pass, gate.door());
            assertThat(behind.await(Duration.ofMillis(200))).isEmpty();
            assertThat(gate.arrived()).isZero();
            returned.countDown();
            assertThat(deaf.await()).isInstanceOf(Outcome.Cancelled.class);
            gate.arrivals(1);
            gate.open();
            assertThat(behind.join()).isEqualTo("somebody");
        }
    }
}
