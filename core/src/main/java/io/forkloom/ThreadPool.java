package io.forkloom;

import io.forkloom.internal.supervise.ThreadWorker;
import java.util.function.Consumer;

/**
 * A pool of platform threads in this JVM: no start-up, no serialisation, arguments and results are shared objects.
 *
 * <p><b>Limits.</b> A crash, {@code System.exit} or an exhausted heap takes the whole program down. Cancel and deadline
 * interrupt; the outcome is told when the thread has let go, or ten seconds later, and a task that ignores interrupts
 * keeps its slot until it returns ({@link #canKill()} is false). Use {@link ProcessPool} where that is not enough.
 */
public final class ThreadPool extends DispatchedPool<ThreadWorker.Call> {
    private final ThreadWorkers threads;

    private ThreadPool(ThreadWorkers threads) {
        super(threads.behind(border(threads.config())), TaskOptions.NONE);
        this.threads = threads;
    }

    private static ReferenceBorder border(PoolConfig<?> config) {
        return new ReferenceBorder(config.name, config.makers(), config.context);
    }

    public static ThreadPool open() {
        return open(config -> {});
    }

    /** {@code ThreadPool.open(c -> c.workers(4))}. */
    public static ThreadPool open(Consumer<ThreadPoolConfig> configure) {
        var config = new ThreadPoolConfig();
        configure.accept(config);
        return OpenPools.opened(new ThreadPool(ThreadWorkers.of(config)));
    }

    @Override
    public void close() {
        threads.close(this::closeAll);
    }
}
