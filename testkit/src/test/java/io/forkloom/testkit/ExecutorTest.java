package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.PoolExecutor;
import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import io.forkloom.ThreadPool;
import io.forkloom.WorkerOutput;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions of the JDK's own types, on threads and in other JVMs. */
@Timeout(30)
class ExecutorTest extends NothingLeft {
    private static ProcessPool processes() {
        return ProcessPool.open(c -> c.workers(1).heap("96m").output(WorkerOutput.DISCARD));
    }

    @Test
    void on_threads_any_runnable_and_callable_runs() throws Exception {
        var ran = new CountDownLatch(2);
        Runnable runnable = ran::countDown;
        Callable<CountDownLatch> callable = () -> ran;
        try (var pool = ThreadPool.open();
                var executor = pool.asExecutorService()) {
            executor.execute(runnable);
            assertThat(executor.submit(runnable).get()).isNull();
            ran.await();
            assertThat(executor.submit(callable).get()).isSameAs(ran);
            assertThat(executor.submit(callable).await().task().label()).isEqualTo("a lambda in ExecutorTest");
            assertThat(executor.submit(runnable, ran).get()).isSameAs(ran);
            assertThat(executor.invokeAll(List.of(callable, callable))).hasSize(2);
            assertThat(CompletableFuture.supplyAsync(() -> 6 * 7, executor).get())
                    .isEqualTo(42);
            var completion = new ExecutorCompletionService<CountDownLatch>(executor);
            var _ = completion.submit(callable);
            assertThat(completion.take().get()).isSameAs(ran);
        }
    }

    @Test
    void in_other_jvms_a_callable_runs_where_it_is_serialisable() throws Exception {
        int captured = 6;
        Callable<Integer> callable = (Callable<Integer> & Serializable) () -> captured * 7;
        try (var pool = processes();
                var executor = pool.asExecutorService()) {
            assertThat(executor.submit(callable).get()).isEqualTo(42);
            assertThat(executor.invokeAny(List.of(callable))).isEqualTo(42);
        }
    }

    @Test
    void in_other_jvms_what_cannot_be_sent_is_refused_and_the_message_says_what_to_do() {
        Callable<Integer> callable = () -> 6 * 7;
        var lock = new Object();
        try (var pool = processes();
                var executor = pool.asExecutorService()) {
            assertThatThrownBy(() -> executor.submit(callable))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("a lambda in ExecutorTest is a Callable that cannot be sent to a worker")
                    .hasMessageContaining("executor.submit(() -> …)")
                    .hasCauseInstanceOf(SerialisationException.class);
            assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> 6 * 7, executor))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("in place of supplyAsync")
                    .hasMessageContaining("toCompletableFuture()");
            assertThatThrownBy(() -> executor.submit(lock::hashCode))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("java.lang.Object");
            assertThat(pool.stats().submitted()).isZero();
            assertThat(executor.isTerminated()).isFalse();
        }
    }

    @Test
    void an_executor_of_a_pool_that_is_not_known_goes_through_what_all_pools_have() throws Exception {
        try (var pool = ThreadPool.open();
                var executor = PoolExecutor.of(pool)) {
            var ran = new CountDownLatch(1);
            assertThat(executor.submit(() -> 6 * 7).get()).isEqualTo(42);
            assertThat(executor.submit(() -> {
                                ran.countDown();
                            })
                            .get())
                    .isNull();
            assertThat(ran.getCount()).isZero();
        }
    }
}
