package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.PoolEvent;
import io.forkloom.internal.supervise.Audience;
import io.forkloom.internal.supervise.RestartBudget;
import io.forkloom.internal.supervise.ThreadWorker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    private static Dispatcher<ThreadWorker.Call> open(int queue, long queueBytes, Audience events) {
        var group = new ThreadGroup("test");
        var dispatcher = new Dispatcher<ThreadWorker.Call>(
                new Dispatcher.Settings(
                        Staffing.of(1), queue, queueBytes, Duration.ofSeconds(30), Duration.ofSeconds(30)),
                alarms -> (id, heap, told) -> ThreadWorker.start(id, group, null, told),
                new RestartBudget(5, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                "test",
                events);
        dispatcher.open();
        return dispatcher;
    }

    private static QueuedTask<ThreadWorker.Call> task(String name, long bytes, Callable<?> work) {
        return new QueuedTask<>(
                (worker, ledger, ticket) -> work.call(), bytes, name, Limits.NONE, Retries.NONE, new Pace());
    }

    private static boolean submit(Dispatcher<ThreadWorker.Call> dispatcher, QueuedTask<ThreadWorker.Call> task) {
        try {
            return dispatcher.submit(task, FOR_EVER, refusal -> {});
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For room, and not for the lock. */
    private static void awaitWaiting(Thread thread) {
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getMethodName().equals("awaitNanos"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void those_that_wait_for_room_are_let_in_in_their_order_whatever_their_size() throws Exception {
        var order = new CopyOnWriteArrayList<String>();
        var gate = new CountDownLatch(1);
        var dispatcher = open(100, 1_000, event -> {});
        submit(dispatcher, task("running", 1, () -> gate.await(30, TimeUnit.SECONDS)));
        var filling = task("filling", 600, () -> order.add("filling"));
        submit(dispatcher, filling);
        var waiting = List.of(
                task("large", 900, () -> order.add("large")),
                task("small", 450, () -> order.add("small")),
                task("tiny", 10, () -> order.add("tiny")));
        for (var each : waiting) {
            awaitWaiting(Thread.ofPlatform().daemon().start(() -> submit(dispatcher, each)));
        }
        // There is room for the tiny one, but it does not pass the others.
        assertThat(dispatcher.trySubmit(task("late", 10, () -> order.add("late")), refusal -> {}))
                .isFalse();
        dispatcher.cancel(filling, "to make room");
        gate.countDown();
        for (var each : waiting) {
            each.ended().get(30, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("large", "small", "tiny");
        dispatcher.close();
    }

    @Test
    void whoever_gives_up_waiting_for_room_makes_way_for_the_next() throws Exception {
        var gate = new CountDownLatch(1);
        var dispatcher = open(100, 1_000, event -> {});
        submit(dispatcher, task("running", 1, () -> gate.await(30, TimeUnit.SECONDS)));
        submit(dispatcher, task("filling", 600, () -> ""));
        var large = Thread.ofPlatform().daemon().start(() -> {
            try {
                dispatcher.submit(task("large", 900, () -> ""), FOR_EVER, refusal -> {});
            } catch (InterruptedException e) {
                // what is wanted
            }
        });
        awaitWaiting(large);
        var accepted = CompletableFuture.supplyAsync(() -> submit(dispatcher, task("tiny", 10, () -> "")));
        large.interrupt();
        assertThat(accepted.get(30, TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        dispatcher.close();
    }

    @Test
    void an_event_consumer_that_fails_keeps_no_task_from_its_end() throws Exception {
        var failing = new CountDownLatch(1);
        var dispatcher = open(10, 1_000, event -> {
            if (event instanceof PoolEvent.TaskEnded && failing.getCount() > 0) {
                failing.countDown();
                throw new AssertionError("a consumer that fails, as this test wants it to");
            }
        });
        var first = task("first", 1, () -> 1);
        var second = task("second", 1, () -> 2);
        submit(dispatcher, first);
        submit(dispatcher, second);
        assertThat(first.ended().get(30, TimeUnit.SECONDS)).isEqualTo(new Ending.Answered(false, 1));
        assertThat(second.ended().get(30, TimeUnit.SECONDS)).isEqualTo(new Ending.Answered(false, 2));
        dispatcher.close();
        assertThat(failing.getCount()).isZero();
    }
}
