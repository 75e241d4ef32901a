package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RateLimiterTest {
    private static final Rate ONE_A_DAY = Rate.of(1, Duration.ofDays(1));
    private static final Rate MANY = Rate.of(1_000, Duration.ofMillis(1));

    private final RateLimiter limiter = RateLimiter.of("api", ONE_A_DAY);
    private final LinkedBlockingQueue<Integer> through = new LinkedBlockingQueue<>();

    @Test
    void to_try_never_waits() {
        assertThat(limiter.tryAcquire()).isTrue();
        assertThat(limiter.tryAcquire()).isFalse();
    }

    @Test
    void those_that_wait_are_let_through_at_a_new_rate_but_not_the_interrupted() throws Exception {
        limiter.acquire();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 5; i++) {
            threads.add(startWaiting(i));
        }
        assertThat(LockSupport.getBlocker(threads.getFirst()))
                .isSameAs(limiter)
                .hasToString("rate limiter api (1 in 86400 s, 5 wait)");
        assertThat(limiter.tryAcquire()).isFalse();
        threads.getFirst().interrupt();
        threads.get(2).interrupt();
        threads.getFirst().join();
        threads.get(2).join();
        limiter.change(MANY);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(through).containsExactlyInAnyOrder(1, 3, 4);
        limiter.acquire();
        assertThat(limiter).hasToString("rate limiter api (1000 in 1 ms, 0 wait)");
    }

    private Thread startWaiting(int number) {
        var thread = Thread.startVirtualThread(() -> {
            try {
                limiter.acquire();
                through.add(number);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        while (LockSupport.getBlocker(thread) == null) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
