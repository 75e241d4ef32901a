package io.forkloom;

import io.forkloom.internal.dispatch.Dispatcher;
import io.forkloom.internal.supervise.RestartBudget;
import io.forkloom.internal.supervise.ThreadWorker;
import io.forkloom.internal.thread.Daemons;
import java.time.Duration;

/** What pools have in common whose workers are threads of this JVM. */
record ThreadWorkers(PoolConfig<?> config, ThreadGroup group, Events events, Dispatcher<ThreadWorker.Call> dispatcher) {

    /** Starts them. */
    static ThreadWorkers of(PoolConfig<?> config) {
        var group = new ThreadGroup(config.name);
        var loader = Thread.currentThread().getContextClassLoader(); // of whoever opens the pool, not of a keeper
        var events = new Events(config.name);
        var dispatcher = new Dispatcher<ThreadWorker.Call>(
                config.settings(),
                alarms -> (id, heap, told) -> ThreadWorker.start(id, group, loader, told),
                new RestartBudget(5, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                config.name,
                events);
        events.statsFrom(dispatcher::stats);
        dispatcher.open();
        return new ThreadWorkers(config, group, events, dispatcher);
    }

    DispatchedPool.Parts<ThreadWorker.Call> behind(Border<ThreadWorker.Call> border) {
        return new DispatchedPool.Parts<>(
                config.name, config.workers, false, true, ThreadWorkers::refuseHeap, border, dispatcher, events);
    }

    private static void refuseHeap(String size) {
        throw new IllegalArgumentException("a retry in a worker with a heap of " + size
                + " is for pools of processes: threads have no heap of their own");
    }

    void close(Runnable closeAll) {
        if (group.parentOf(Thread.currentThread().getThreadGroup())) {
            // A task closes its own pool: it must return before the pool can be closed.
            // No daemon, so that a program which ends now still lets it finish.
            Daemons.named(group.getName() + "-close").daemon(false).start(closeAll);
        } else {
            closeAll.run();
        }
    }
}
