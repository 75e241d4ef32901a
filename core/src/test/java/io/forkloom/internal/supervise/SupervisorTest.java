package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import io.forkloom.internal.time.Alarms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose threads cannot be started. */
@Timeout(60)
class SupervisorTest {
    private final List<PoolEvent> events = new CopyOnWriteArrayList<>();
    private final ThreadGroup group = new ThreadGroup("test");

    private static final class Told implements Supervisor.Listener<ThreadWorker.Call> {
        final CompletableFuture<WorkerId> ready = new CompletableFuture<>();
        final CompletableFuture<String> broken = new CompletableFuture<>();
        boolean failsAtGone;

        @Override
        public int wanted() {
            return 1;
        }

        @Override
        public long wantedHeap() {
            return 0;
        }

        @Override
        public void noLarger(String reason) {}

        @Override
        public void ready(Worker<ThreadWorker.Call> worker) {
            ready.complete(worker.id());
        }

        @Override
        public void answered(Worker<ThreadWorker.Call> worker, List<Answered> answers) {}

        @Override
        public void printed(Worker<ThreadWorker.Call> worker, long ticket, boolean error, String line) {}

        @Override
        public Optional<String> at(Worker<ThreadWorker.Call> worker) {
            return Optional.empty();
        }

        @Override
        public void leaving(Worker<ThreadWorker.Call> worker) {}

        @Override
        public boolean gone(Worker<ThreadWorker.Call> worker, Departure departure) {
            if (failsAtGone) {
                throw new IllegalStateException("a listener that fails");
            }
            return false;
        }

        @Override
        public void broken(String reason) {
            broken.complete(reason);
        }
    }

    private Supervisor<ThreadWorker.Call> supervisor(
            Spawner<ThreadWorker.Call> spawner, Alarms alarms, Duration grace, Told told) {
        var bounds = new Supervisor.Bounds(1, grace);
        return new Supervisor<>(
                bounds,
                spawner,
                new RestartBudget(2, Duration.ofSeconds(10), Duration.ofMillis(200)),
                alarms,
                events::add,
                told);
    }

    @Test
    void workers_that_cannot_be_started_break_the_pool_and_say_why() throws Exception {
        var told = new Told();
        try (var alarms = new Alarms("test")) {
            var supervisor = supervisor(
                    (id, heap, events) -> {
                        throw new OutOfMemoryError("unable to create native thread");
                    },
                    alarms,
                    Duration.ZERO,
                    told);
            supervisor.fill();
            assertThat(told.broken.get(30, TimeUnit.SECONDS))
                    .contains("there was no room to start one")
                    .contains("unable to create native thread");
            supervisor.close();
        }
    }

    @Test
    void starts_that_fail_for_another_reason_break_the_pool_after_so_many() throws Exception {
        var told = new Told();
        try (var alarms = new Alarms("test")) {
            var supervisor = supervisor(
                    (id, heap, events) -> {
                        throw new IllegalStateException("a spawner that fails");
                    },
                    alarms,
                    Duration.ZERO,
                    told);
            supervisor.fill();
            assertThat(told.broken.get(30, TimeUnit.SECONDS))
                    .contains("3 starts in a row failed")
                    .contains("a spawner that fails");
            assertThat(events.stream().filter(PoolEvent.WorkerStarted.class::isInstance))
                    .hasSize(3);
            assertThat(events.stream().filter(PoolEvent.WorkerEnded.class::isInstance))
                    .hasSize(3);
            supervisor.close();
        }
    }

    @Test
    void a_worker_that_could_not_be_started_once_is_started_again() throws Exception {
        var told = new Told();
        var tries = new AtomicInteger();
        try (var alarms = new Alarms("test")) {
            var supervisor = supervisor(
                    (id, heap, events) -> {
                        if (tries.getAndIncrement() == 0) {
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        return ThreadWorker.start(id, group, null, events);
                    },
                    alarms,
                    Duration.ofSeconds(30),
                    told);
            supervisor.fill();
            assertThat(told.ready.get(30, TimeUnit.SECONDS)).isEqualTo(new WorkerId(0, 2));
            supervisor.close();
        }
    }

    @Test
    void a_listener_that_fails_does_not_keep_a_pool_from_closing() throws Exception {
        var told = new Told();
        told.failsAtGone = true;
        try (var alarms = new Alarms("test")) {
            var supervisor = supervisor(
                    (id, heap, events) -> ThreadWorker.start(id, quiet(), null, events),
                    alarms,
                    Duration.ofDays(1),
                    told);
            supervisor.fill();
            told.ready.get(30, TimeUnit.SECONDS);
            supervisor.close(); // returns at once: the worker counts as buried all the same
        }
    }

    /** A group whose threads may fail without a stack trace on standard error. */
    private static ThreadGroup quiet() {
        return new ThreadGroup("quiet") {
            @Override
            public void uncaughtException(Thread thread, Throwable thrown) {
                // expected
            }
        };
    }
}
