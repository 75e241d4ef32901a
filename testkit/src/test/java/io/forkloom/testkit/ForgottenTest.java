package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failure that nobody looks at is logged once, when its handle is dropped. */
@Timeout(60)
class ForgottenTest extends NothingLeft {
    private static final Logger LOGGER = Logger.getLogger("io.forkloom");

    private final BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord message) {
            if (message.getMessage().contains("at ForgottenTest.java:")) { // others may have forgotten theirs
                logged.add(message);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    /** The next log message; makes the collector look for dropped handles until there is one. */
    private LogRecord collected() throws InterruptedException {
        while (true) {
            System.gc();
            var message = logged.poll(50, TimeUnit.MILLISECONDS);
            if (message != null) {
                return message;
            }
        }
    }

    /** In a method of its own, so that no handle is left on the stack; waits until both tasks have ended. */
    private static void dropFailureAndSuccess(TaskPool pool, boolean ended) throws InterruptedException {
        var _ = pool.submit(Work::square, 7);
        var _ = pool.submit(Work::failAtSeven, 7);
        while (ended && pool.stats().ended() < 2) {
            pool.call(Work::square, 3);
        }
    }

    @Test
    void a_failed_handle_that_was_dropped_is_logged_once_with_label_site_and_outcome() throws Exception {
        try (var pool = ThreadPool.open(c -> c.workers(1))) {
            dropFailureAndSuccess(pool, true);
            var message = collected();
            assertThat(message.getLevel()).isEqualTo(Level.WARNING);
            assertThat(message.getMessage())
                    .contains("nobody has looked at the outcome of task 2, Failed")
                    .contains("Work::failAtSeven")
                    .contains("submitted at ForgottenTest.java:")
                    .contains("seven");
            assertThat(message.getThrown()).hasRootCauseMessage("seven");
            dropFailureAndSuccess(pool, false); // before their end: they are forgotten all the same
            assertThat(collected().getMessage()).contains("Failed").contains("Work::failAtSeven");
            assertThat(logged).isEmpty();
        }
    }

    @Test
    void a_failure_that_somebody_has_seen_is_not_logged() throws Exception {
        try (var pool = ThreadPool.open(c -> c.workers(1))) {
            pool.submit(Work::failAtSeven, 7).await();
            seeByFuture(pool);
            cancelOne(pool);
            dropFailureAndSuccess(pool, false);
            assertThat(collected().getMessage()).contains("of task 5,"); // the first that nobody has seen
            System.gc();
            assertThat(logged).isEmpty();
        }
    }

    private static void seeByFuture(TaskPool pool) throws InterruptedException {
        var message = pool.submit(Work::failAtSeven, 7)
                .toCompletableFuture()
                .handle((value, problem) -> String.valueOf(problem))
                .join();
        assertThat(message).contains("seven");
    }

    private static void cancelOne(TaskPool pool) throws Exception {
        try (var gate = Gate.shut()) {
            var handle = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            assertThat(handle.cancel("the test says so")).isTrue();
        }
    }

    @Test
    void a_failure_of_execute_is_logged_at_once() throws Exception {
        try (var pool = ThreadPool.open(c -> c.workers(1));
                var executor = pool.asExecutorService()) {
            executor.execute(() -> Work.failAtSeven(7));
            assertThat(logged.take().getMessage())
                    .contains("submitted at ForgottenTest.java:")
                    .contains("seven");
            executor.execute(() -> Work.failAtSeven(8));
        }
        assertThat(logged).isEmpty();
    }
}
