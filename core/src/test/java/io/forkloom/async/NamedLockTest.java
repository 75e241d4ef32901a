package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamedLockTest {
    private static final Logger LOGGER = Logger.getLogger("io.forkloom");

    private final NamedLock a = NamedLock.of("a");
    private final NamedLock b = NamedLock.of("b");
    private final NamedLock c = NamedLock.of("c");
    private final List<String> warnings = new ArrayList<>();
    private final Handler notes = new Handler() {
        @Override
        public void publish(LogRecord event) {
            warnings.add(event.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(notes);
    }

    @AfterEach
    void leave() {
        LOGGER.removeHandler(notes);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void one_holds_it_at_a_time() throws Exception {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var group = TaskGroup.open()) {
            for (int i = 0; i < 8; i++) {
                group.forkAction(() -> {
                    for (int j = 0; j < 2_000; j++) {
                        try (var _ = a.lock()) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                        }
                    }
                });
            }
            group.join();
        }
        assertThat(most.get()).isEqualTo(1);
        assertThat(a).hasToString("lock a (free)");
    }

    @Test
    void it_says_who_holds_it_and_where_and_who_waits() throws Exception {
        var held = a.lock();
        var waiting = new ArrayList<Thread>();
        for (var name : List.of("first", "second")) {
            waiting.add(Thread.ofVirtual().name(name).start(() -> lockAndRelease(a)));
            Threads.awaitWaiting(waiting.getLast());
        }
        assertThat(a.owner()).contains(Thread.currentThread());
        assertThat(a.waiters()).containsExactlyElementsOf(waiting);
        assertThat(a.tryLock()).isEmpty();
        assertThat(LockSupport.getBlocker(waiting.getFirst()).toString())
                .matches("for lock a \\(held by .*, taken at io.forkloom.async.NamedLockTest"
                        + ".it_says_who_holds_it_and_where_and_who_waits\\(NamedLockTest.java:\\d+\\);"
                        + " 2 wait: first, second\\)");
        held.close();
        held.close();
        for (var thread : waiting) {
            thread.join();
        }
        try (var again = a.tryLock().orElseThrow()) {
            assertThat(again.toString()).contains("held by");
        }
    }

    @Test
    void an_interrupted_wait_leaves_the_line() throws Exception {
        try (var _ = a.lock()) {
            var waiting = Thread.startVirtualThread(() -> lockAndRelease(a));
            Threads.awaitWaiting(waiting);
            waiting.interrupt();
            waiting.join();
            assertThat(a.waiters()).isEmpty();
        }
    }

    @Test
    void another_thread_cannot_give_it_back() throws Exception {
        try (var held = a.lock();
                var group = TaskGroup.open()) {
            group.forkAction(() -> assertThatIllegalStateException()
                    .isThrownBy(held::close)
                    .withMessageContaining("only the thread that took it may"));
            group.join();
        }
    }

    @Test
    void two_locks_in_both_orders_are_reported_the_first_time_and_once() throws Exception {
        for (int i = 0; i < 2; i++) {
            lockBoth(a, b);
            assertThat(warnings).hasSize(i);
            lockBoth(b, a);
            assertThat(warnings).hasSize(1);
        }
        assertThat(warnings.getFirst())
                .matches("locks are taken in both orders: lock b was taken at .*NamedLockTest.java:\\d+\\), and then"
                        + " lock a at .*, by .*; before, lock a was taken at .*, and then lock b at .*");
    }

    @Test
    void a_circle_by_way_of_a_third_lock_is_reported() throws Exception {
        lockBoth(a, b);
        lockBoth(b, c);
        assertThat(warnings).isEmpty();
        lockBoth(c, a);
        assertThat(warnings).singleElement().asString().contains("lock a was taken", "lock b was taken", "lock c was");
    }

    @Test
    void a_thread_that_takes_what_it_has_is_told() throws Exception {
        try (var _ = a.lock()) {
            assertThatExceptionOfType(DeadlockException.class)
                    .isThrownBy(a::lock)
                    .withMessageContaining("waiting for lock a would never end");
        }
        a.lock().close();
    }

    @Test
    void a_deadlock_is_thrown_at_one_and_the_others_go_on() throws Exception {
        var refused = new ArrayList<String>();
        var all = new CyclicBarrier(3);
        try (var group = TaskGroup.open("table")) {
            var locks = List.of(a, b, c);
            for (int i = 0; i < 3; i++) {
                var left = locks.get(i);
                var right = locks.get((i + 1) % 3);
                group.forkAction(() -> {
                    try (var _ = left.lock()) {
                        Threads.meet(all);
                        try (var _ = right.lock()) {
                            assertThat(right.owner()).contains(Thread.currentThread());
                        }
                    } catch (DeadlockException deadlock) {
                        synchronized (refused) {
                            refused.add(deadlock.getMessage());
                        }
                    }
                });
            }
            group.join();
        }
        assertThat(refused).singleElement().asString().contains("table/1 took", "table/2 took", "table/3 took");
        for (var lock : List.of(a, b, c)) {
            assertThat(lock).hasToString("lock " + lock.name() + " (free)");
        }
    }

    @Test
    void a_wait_for_one_who_waits_for_something_else_is_no_deadlock() throws Exception {
        var go = new CountDownLatch(1);
        var has = new CountDownLatch(1);
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                try (var _ = a.lock()) {
                    has.countDown();
                    go.await();
                }
            });
            has.await();
            group.forkAction(() -> a.lock().close());
            while (a.waiters().isEmpty()) {
                Thread.onSpinWait();
            }
            go.countDown();
            group.join();
        }
        assertThat(a.owner()).isEmpty();
    }

    private static void lockBoth(NamedLock first, NamedLock then) throws InterruptedException {
        try (var _ = first.lock();
                var _ = then.lock()) {
            assertThat(then.owner()).contains(Thread.currentThread());
        }
    }

    private static void lockAndRelease(NamedLock lock) {
        try (var _ = lock.lock()) {
            assertThat(lock.owner()).contains(Thread.currentThread());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
