package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundTest {
    @Test
    void any_thread_hands_work_in_and_gets_a_future() throws Exception {
        try (var background = Background.open()) {
            var future = new AtomicReference<Future<String>>();
            var foreign = new Thread(() -> future.set(
                    background.start("greet", () -> Thread.currentThread().getName())));
            foreign.start();
            foreign.join();
            assertThat(future.get().get()).isEqualTo("background/greet");
            background.join();
            assertThat(background.running()).isZero();
        }
    }

    @Test
    void a_failure_is_told_at_once_and_is_in_the_future_and_disturbs_nobody() throws Exception {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        var go = new CountDownLatch(1);
        try (var background = Background.open(c -> c.onFailure((work, error) -> told.add(work + ": " + error)))) {
            var other = background.start("other", () -> {
                go.await();
                return 1;
            });
            var broken = background.start("broken", () -> {
                throw new IOException("no route");
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(broken::get)
                    .withCauseInstanceOf(IOException.class);
            go.countDown();
            assertThat(other.get()).isEqualTo(1);
            background.join();
            assertThat(told).containsExactly("broken: java.io.IOException: no route");
        }
    }

    @Test
    void closing_cancels_what_runs_and_leaves_no_thread() throws Exception {
        Queue<Throwable> told = new ConcurrentLinkedQueue<>();
        var begun = new CountDownLatch(2);
        var ended = new AtomicInteger();
        try (var background = Background.open(c -> c.onFailure((_, error) -> told.add(error)))) {
            for (int i = 0; i < 2; i++) {
                background.run("wait", () -> {
                    begun.countDown();
                    try {
                        Threads.waitForever();
                    } finally {
                        ended.incrementAndGet();
                    }
                });
            }
            begun.await();
        }
        assertThat(ended).hasValue(2);
        assertThat(told).as("being cancelled is no failure").isEmpty();
    }

    @Test
    void a_future_that_is_cancelled_stays_so_however_often_its_work_waits() throws Exception {
        try (var background = Background.open()) {
            var begun = new CountDownLatch(1);
            var caught = new AtomicInteger();
            var future = background.start("stubborn", () -> {
                begun.countDown();
                for (int i = 0; i < 3; i++) {
                    try {
                        Channel.bounded(1).receive();
                    } catch (InterruptedException _) {
                        caught.incrementAndGet();
                    }
                }
                return null;
            });
            begun.await();
            assertThat(future.cancel(true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
            background.join();
            assertThat(caught).hasValue(3);
        }
    }

    @Test
    void nothing_starts_when_it_is_closed() {
        var background = Background.open();
        background.close();
        background.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> background.run("late", () -> {}))
                .withMessageContaining("does not start late");
    }

    @Test
    void what_has_ended_does_not_pile_up() throws Exception {
        try (var background = Background.open()) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(background.start("one", () -> 1).get()).isEqualTo(1);
            }
            assertThat(background.running()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void its_own_work_cannot_wait_for_it() throws Exception {
        try (var background = Background.open()) {
            var refused = background.start("suicide", () -> {
                background.join();
                return 1;
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(refused::get)
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("cannot join it");
        }
    }

    @Test
    void closing_ends_work_whose_future_was_cancelled_without_an_interrupt() throws Exception {
        var begun = new CountDownLatch(1);
        try (var background = Background.open()) {
            var future = background.start("wait", () -> {
                begun.countDown();
                return Channel.<String>bounded(1).receive();
            });
            begun.await();
            assertThat(future.cancel(false)).isTrue();
        }
    }
}
