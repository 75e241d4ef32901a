package io.forkloom;

import io.forkloom.internal.dispatch.Dispatcher;
import io.forkloom.internal.supervise.RestartBudget;
import io.forkloom.internal.supervise.ThreadWorker;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A pool of platform threads in this JVM: no start-up, no serialisation, arguments and results are shared objects.
 *
 * <p><b>Limits.</b> A crash, {@code System.exit} or an exhausted heap takes the whole program down. Cancel and deadline
 * interrupt; the outcome is told when the thread has let go, or ten seconds later, and a task that ignores interrupts
 * keeps its slot until it returns ({@link #canKill()} is false). Use {@link ProcessPool} where that is not enough.
 */
public final class ThreadPool extends DispatchedPool<ThreadWorker.Call> {
    private final ThreadGroup group;

    private ThreadPool(Parts<ThreadWorker.Call> parts, ThreadGroup group) {
        super(parts, TaskOptions.NONE);
        this.group = group;
    }

    public static ThreadPool open() {
        return open(config -> {});
    }

    /** {@code ThreadPool.open(c -> c.workers(4))}. */
    public static ThreadPool open(Consumer<ThreadPoolConfig> configure) {
        var config = new ThreadPoolConfig();
        configure.accept(config);
        var group = new ThreadGroup(config.name);
        var loader = Thread.currentThread().getContextClassLoader(); // of whoever opens the pool, not of a keeper
        var events = new Events(config.name);
        var dispatcher = new Dispatcher<ThreadWorker.Call>(
                config.settings(),
                alarms -> (id, told) -> ThreadWorker.start(id, group, loader, told),
                new RestartBudget(5, Duration.ofSeconds(10)),
                config.name,
                events);
        events.statsFrom(dispatcher::stats);
        dispatcher.open();
        return new ThreadPool(
                new Parts<>(config.name, config.workers, false, new ReferenceBorder(), dispatcher, events), group);
    }

    @Override
    public void close() {
        if (group.parentOf(Thread.currentThread().getThreadGroup())) {
            // A task closes its own pool: it must return before the pool can be closed.
            Thread.ofPlatform().name(group.getName() + "-close").start(this::closeAll);
        } else {
            closeAll();
        }
    }
}
