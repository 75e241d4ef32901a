package io.forkloom.testkit;

import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.WorkerOutput;

class ProcessPoolIT extends TaskPoolContract {
    @Override
    public TaskPool open(Setup setup) {
        return ProcessPool.open(c -> c.workers(setup.workers())
                .queue(setup.queue(), "64m")
                .drain(setup.drain())
                .heap("96m")
                .output(WorkerOutput.DISCARD));
    }

    @Override
    public int rounds() {
        return Integer.getInteger("rounds", 25); // each costs a worker or two; `make races` makes them many
    }
}
