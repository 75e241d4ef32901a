package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimiterTest {
    private final AtomicLong clock = new AtomicLong();
    private final Limiter limiter = new Limiter("db", 2, clock::get);
    private final LinkedBlockingQueue<Limiter.Permit> given = new LinkedBlockingQueue<>();

    @Test
    void a_limit_below_one_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Limiter.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> limiter.resize(0));
    }

    @Test
    void never_more_than_the_limit_are_at_it() throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 20; i++) {
                group.forkAction(() -> {
                    for (int j = 0; j < 200; j++) {
                        try (var _ = limiter.acquire()) {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            now.decrementAndGet();
                        }
                    }
                });
            }
            group.join();
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(limiter.stats()).isEqualTo(new Limiter.Stats(2, 0, 0, 4_000, Duration.ZERO));
    }

    @Test
    void who_has_permits_is_known_and_since_when() throws Exception {
        try (var _ = limiter.acquire("fetch a")) {
            clock.addAndGet(1_000);
            try (var _ = limiter.tryAcquire("fetch b").orElseThrow()) {
                clock.addAndGet(500);
                assertThat(limiter.tryAcquire()).isEmpty();
                assertThat(limiter.borrowers())
                        .containsExactly(
                                new Limiter.Borrower("fetch a", Duration.ofNanos(1_500)),
                                new Limiter.Borrower("fetch b", Duration.ofNanos(500)));
            }
        }
        assertThat(limiter.borrowers()).isEmpty();
    }

    @Test
    void those_that_wait_are_served_in_turn_and_say_what_for() throws Exception {
        var first = limiter.acquire();
        var second = limiter.acquire();
        var waiting = startWaiting("x", "y", "z");
        assertThat(LockSupport.getBlocker(waiting.getFirst()))
                .hasToString("for a permit of limiter db (2 of 2 held, 3 wait)");
        clock.addAndGet(30);
        first.close();
        assertThat(given.take()).hasToString("permit for x of limiter db");
        second.close();
        assertThat(given.take()).hasToString("permit for y of limiter db");
        assertThat(limiter.stats()).isEqualTo(new Limiter.Stats(2, 2, 1, 4, Duration.ofNanos(60)));
        assertThat(limiter.stats().meanWait()).isEqualTo(Duration.ofNanos(15));
        interruptAndJoin(waiting.getLast());
        assertThat(limiter.stats().waiting()).isZero();
    }

    @Test
    void a_permit_closed_twice_and_by_another_thread_is_given_back_once() throws Exception {
        var permit = limiter.acquire();
        var other = limiter.acquire();
        Thread.ofVirtual().start(permit::close).join();
        permit.close();
        assertThat(limiter.stats().held()).isEqualTo(1);
        other.close();
        assertThat(limiter.stats().held()).isZero();
    }

    @Test
    void a_higher_limit_serves_those_who_wait_and_a_lower_one_takes_nothing_away() throws Exception {
        var first = limiter.acquire();
        limiter.acquire();
        startWaiting("x", "y");
        limiter.resize(4);
        given.take();
        given.take().close();
        assertThat(limiter.stats().held()).isEqualTo(3);
        limiter.resize(2);
        assertThat(limiter).hasToString("limiter db (3 of 2 held, 0 wait)");
        first.close();
        assertThat(limiter.tryAcquire()).isEmpty();
    }

    private List<Thread> startWaiting(String... borrowers) {
        var threads = new ArrayList<Thread>();
        for (var borrower : borrowers) {
            var thread = Thread.startVirtualThread(() -> {
                try {
                    given.add(limiter.acquire(borrower));
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
            Threads.awaitWaiting(thread);
            threads.add(thread);
        }
        return threads;
    }

    private static void interruptAndJoin(Thread thread) throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
