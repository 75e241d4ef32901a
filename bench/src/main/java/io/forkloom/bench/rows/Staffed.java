package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.ProcessPoolConfig;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent;
import io.forkloom.event.WorkerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A pool that knows the processes of its workers. Linux only, as is what is read about them. */
final class Staffed implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;
    private static final int MOST_LOOKS = 3_000;

    private final ProcessPool pool;
    private final Map<WorkerId, Long> pids = new ConcurrentHashMap<>();

    private Staffed(ProcessPool pool) {
        this.pool = pool;
    }

    /** Waits until so many workers are ready. */
    static Staffed open(int workers, Consumer<ProcessPoolConfig> configure) throws Exception {
        var staffed = new Staffed(ProcessPool.open(configure));
        try {
            var _ = staffed.pool.subscribe(staffed::hear); // ends with the pool
            staffed.await(workers);
            return staffed;
        } catch (Exception e) {
            staffed.close();
            throw e;
        }
    }

    private void hear(PoolEvent event) {
        switch (event) {
            case PoolEvent.WorkerReady(var worker, long pid, var _) -> pids.put(worker, pid);
            case PoolEvent.WorkerEnded ended -> pids.remove(ended.exit().worker());
            default -> {}
        }
    }

    /** A worker that was ready before anybody listened would be missed; the first takes longer than subscribing. */
    void await(int workers) throws InterruptedException {
        for (int looks = 0; pids.size() != workers; looks++) {
            Caller.check(looks < MOST_LOOKS, pids.size() + " workers are ready after a minute, not " + workers);
            Thread.sleep(LOOK_MILLIS);
        }
    }

    ProcessPool pool() {
        return pool;
    }

    Collection<Long> pids() {
        return pids.values();
    }

    long pid(WorkerId worker) {
        return Objects.requireNonNull(pids.get(worker), worker::toString);
    }

    void awaitGone(WorkerId worker) throws InterruptedException {
        while (pids.containsKey(worker)) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A task for each of so many workers: none of them is given a second while it naps. */
    void workOnce(int workers) throws InterruptedException {
        var handles = new ArrayList<TaskHandle<Integer>>();
        for (int i = 0; i < workers; i++) {
            handles.add(pool.submit(() -> {
                Thread.sleep(200);
                return 1;
            }));
        }
        for (var handle : handles) {
            var _ = handle.join();
        }
    }

    static double pssMebibytes(long pid) throws IOException {
        return Memory.of(Long.toString(pid), "Pss:") / (1024.0 * 1024);
    }

    /** What all threads of a process have had of a processor: the first number of each one's schedstat. */
    static long cpuNanos(long pid) throws IOException {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads) {
                sum += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ", -1)[0]);
            }
        }
        return sum;
    }

    @Override
    public void close() {
        pool.close();
    }
}
