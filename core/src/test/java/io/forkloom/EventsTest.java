package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolEvent.EventsMissed;
import io.forkloom.event.PoolEvent.PoolBroken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link TaskPool#subscribe} promises of listeners. */
@Timeout(20)
class EventsTest {
    private static final String THREAD = "forkloom-events-test-events";

    private final Events events = new Events("forkloom-events-test");
    private final BlockingQueue<PoolEvent> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

    private static PoolEvent event(int number) {
        return new PoolBroken(Integer.toString(number));
    }

    /** Stays at its first event until it may go on; an interrupt would end that early. */
    private void holdFirst(PoolEvent event) {
        threads.add(Thread.currentThread());
        begun.countDown();
        try {
            goOn.await();
            heard.add(event);
        } catch (InterruptedException e) {
            heard.add(new PoolBroken("interrupted"));
        }
    }

    @Test
    void events_are_heard_in_order() throws Exception {
        try (var _ = events.subscribe(heard::add)) {
            for (int i = 0; i < 100; i++) {
                events.accept(event(i));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(heard.take()).isEqualTo(event(i));
            }
        }
    }

    @Test
    void a_listener_that_throws_whatever_it_is_is_called_again() throws Exception {
        try (var _ = events.subscribe(event -> {
            heard.add(event);
            if (event.equals(event(1))) {
                throw new IllegalStateException("the listener failed");
            }
            if (event.equals(event(2))) {
                throw new AssertionError("the listener failed worse");
            }
        })) {
            for (int i = 1; i <= 3; i++) {
                events.accept(event(i));
                assertThat(heard.take()).isEqualTo(event(i));
            }
        }
    }

    @Test
    void a_listener_that_interrupts_its_own_thread_is_called_again() throws Exception {
        try (var _ = events.subscribe(event -> {
            heard.add(event);
            Thread.currentThread().interrupt();
        })) {
            for (int i = 1; i <= 3; i++) {
                events.accept(event(i));
                assertThat(heard.take()).isEqualTo(event(i));
            }
        }
    }

    @Test
    void closing_a_subscription_lets_the_listener_finish_its_event_and_drops_those_behind() throws Exception {
        var subscription = events.subscribe(this::holdFirst);
        events.accept(event(1));
        events.accept(event(2));
        begun.await();
        subscription.close();
        events.accept(event(3));
        goOn.countDown();
        threads.take().join();
        assertThat(heard).containsExactly(event(1));
    }

    @Test
    void closing_the_pool_lets_the_listener_hear_all_that_has_happened() throws Exception {
        events.subscribe(this::holdFirst);
        events.accept(event(1));
        events.accept(event(2));
        begun.await();
        events.close();
        events.accept(event(3));
        goOn.countDown();
        threads.take().join();
        assertThat(heard).containsExactly(event(1), event(2));
    }

    @Test
    void a_listener_may_close_its_own_subscription() throws Exception {
        var subscription = new LinkedBlockingQueue<TaskPool.Subscription>();
        subscription.add(events.subscribe(event -> {
            try (var _ = subscription.take()) {
                heard.add(event);
                threads.add(Thread.currentThread());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        events.accept(event(1));
        events.accept(event(2));
        threads.take().join();
        assertThat(heard).containsExactly(event(1));
    }

    @Test
    void who_subscribes_after_the_close_hears_nothing_and_costs_no_thread() {
        events.close();
        try (var _ = events.subscribe(heard::add)) {
            events.accept(event(1));
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(each -> each.getName().equals(THREAD));
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void a_listener_that_is_too_slow_is_told_in_its_place_how_many_it_has_missed() throws Exception {
        try (var _ = events.subscribe(this::holdFirst)) {
            events.accept(event(0));
            begun.await();
            for (int i = 1; i <= 5000; i++) {
                events.accept(event(i));
            }
            goOn.countDown();
            List<PoolEvent> all = new ArrayList<>();
            while (all.isEmpty() || !(all.getLast() instanceof EventsMissed)) {
                all.add(heard.take());
            }
            assertThat(all).hasSize(4096 + 2).endsWith(event(4096), new EventsMissed(5000 - 4096));
            events.accept(event(5001));
            assertThat(heard.take()).isEqualTo(event(5001));
        }
    }
}
