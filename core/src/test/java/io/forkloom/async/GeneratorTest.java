package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GeneratorTest {
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Never ends by itself. */
    private Generator<Integer> naturals(int ahead, AtomicInteger made) {
        return Generator.of(ahead, out -> {
            try {
                while (true) {
                    out.yield(made.getAndIncrement());
                }
            } finally {
                ended.set(true);
            }
        });
    }

    @Test
    void elements_come_in_order_and_end() {
        var taken = new ArrayList<Integer>();
        try (var generator = Generator.<Integer>of(3, out -> {
            for (int i = 0; i < 100; i++) {
                out.yield(i);
            }
        })) {
            generator.forEach(taken::add);
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(generator.iterator()::next);
        }
        assertThat(taken).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_body_does_not_start_before_an_element_is_asked_for() {
        var made = new AtomicInteger();
        try (var generator = naturals(1, made)) {
            var elements = generator.iterator();
            assertThat(made.get()).isZero();
            assertThat(elements.next()).isZero();
        }
        var closed = naturals(1, made);
        closed.close();
        assertThat(closed.iterator().hasNext()).isFalse();
    }

    @Test
    void the_body_of_an_endless_one_runs_ahead_by_the_buffer_and_no_more() {
        var made = new AtomicInteger();
        try (var generator = naturals(10, made)) {
            var elements = generator.iterator();
            for (int i = 0; i < 100_000; i++) {
                elements.next();
                // 10 in the buffer, and one that waits for room.
                assertThat(made.get()).isLessThanOrEqualTo(i + 1 + 11);
            }
        }
    }

    @Test
    void closing_early_runs_the_finally_of_the_body_before_it_returns() {
        var generator = naturals(2, new AtomicInteger());
        assertThat(generator.iterator().next()).isZero();
        assertThat(ended).isFalse();
        generator.close();
        assertThat(ended).isTrue();
    }

    @Test
    void a_closed_body_stays_cancelled_also_where_it_swallows_the_interrupt() {
        var refused = new AtomicInteger();
        try (var generator = Generator.<Integer>of(1, out -> {
            for (int i = 0; refused.get() < 3; i++) {
                try {
                    out.yield(i);
                } catch (InterruptedException _) {
                    refused.incrementAndGet();
                }
            }
        })) {
            assertThat(generator.iterator().next()).isZero();
        }
        assertThat(refused.get()).isEqualTo(3);
    }

    @Test
    void an_error_of_the_body_arrives_after_its_elements() {
        try (var generator = Generator.<Integer>of(out -> {
            out.yield(1);
            throw new IOException("no more disk");
        })) {
            var elements = generator.iterator();
            assertThat(elements.next()).isEqualTo(1);
            assertThatExceptionOfType(GeneratorFailedException.class)
                    .isThrownBy(elements::hasNext)
                    .withMessage("the generator failed: java.io.IOException: no more disk")
                    .withCauseExactlyInstanceOf(IOException.class);
        } // told once: close is silent
    }

    @Test
    void an_error_while_it_is_closed_is_thrown_by_close() {
        var generator = Generator.<Integer>of(1, out -> {
            try {
                while (true) {
                    out.yield(1);
                }
            } finally {
                refuse();
            }
        });
        assertThat(generator.iterator().next()).isEqualTo(1);
        assertThatExceptionOfType(GeneratorFailedException.class)
                .isThrownBy(generator::close)
                .withCauseExactlyInstanceOf(IllegalStateException.class);
        generator.close();
    }

    private static void refuse() {
        throw new IllegalStateException("cannot flush");
    }

    @Test
    void a_stream_of_it_closes_it() {
        try (var generator = naturals(4, new AtomicInteger())) {
            try (var stream = generator.stream()) {
                assertThat(stream.filter(n -> n % 3 == 0).limit(4)).containsExactly(0, 3, 6, 9);
            }
            assertThat(ended).isTrue();
        }
    }

    @Test
    void a_cancelled_group_cancels_the_generators_of_its_subtasks() throws Exception {
        var waits = new CountDownLatch(1);
        try (var group = TaskGroup.open();
                var generator = Generator.<Integer>of(out -> {
                    try {
                        waits.countDown();
                        Threads.waitForever();
                    } finally {
                        ended.set(true);
                    }
                })) {
            group.fork(() -> {
                try (generator) {
                    return generator.iterator().next();
                }
            });
            waits.await();
            group.cancel("enough");
            group.join();
            assertThat(ended).isTrue();
        }
    }

    @Test
    void an_interrupted_consumer_goes_on_later() {
        var go = new CountDownLatch(1);
        try (var generator = Generator.<Integer>of(out -> {
            go.await();
            out.yield(1);
        })) {
            var elements = generator.iterator();
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(elements::hasNext);
            assertThat(Thread.interrupted()).isTrue();
            go.countDown();
            assertThat(elements.next()).isEqualTo(1);
        }
    }
}
