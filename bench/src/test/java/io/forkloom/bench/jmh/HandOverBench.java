package io.forkloom.bench.jmh;

import io.forkloom.TaskHandle;
import io.forkloom.ThreadPool;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The dispatcher without codec, link and process: tasks that are handed to threads of this JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOverBench {
    private static final int MANY = 1_000;

    private @Nullable ThreadPool pool;

    @Setup
    public void open() {
        pool = ThreadPool.open(c -> c.workers(1).queue(MANY, "64m"));
    }

    @TearDown
    public void close() {
        pool().close();
    }

    private ThreadPool pool() {
        return Objects.requireNonNull(pool);
    }

    /** One at a time: two threads take turns, so most of it is their waking. */
    @Benchmark
    public int call() throws InterruptedException {
        return pool().call(() -> 1);
    }

    /** Many at once: what a task costs when nobody has to be woken for it. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public int submit() throws InterruptedException {
        var handles = new ArrayList<TaskHandle<Integer>>(MANY);
        for (int i = 0; i < MANY; i++) {
            handles.add(pool().submit(() -> 1));
        }
        int sum = 0;
        for (var handle : handles) {
            sum += handle.join();
        }
        return sum;
    }
}
