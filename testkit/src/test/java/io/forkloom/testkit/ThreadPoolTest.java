package io.forkloom.testkit;

import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;

class ThreadPoolTest extends TaskPoolContract {
    @Override
    public TaskPool open(Setup setup) {
        return ThreadPool.open(
                c -> c.workers(setup.workers()).queue(setup.queue(), "64m").drain(setup.drain()));
    }
}
