package io.forkloom.pipeline;

import io.forkloom.async.Timeouts;
import io.forkloom.pipeline.Step.Batching;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Makes batches of what waits in the inlet, on one virtual thread. */
record RunningBatch(Batching batching, StageCounters counters, Flow flow, Inlet inlet, Outlet outlet) {

    void fork() {
        flow.group().forkAction(Batching.NAME + "-1", this::work);
    }

    private void work() throws InterruptedException {
        var items = inlet.iterator();
        while (items.hasNext()) {
            outlet.send(Item.batch(batch(items)));
            counters.out.incrementAndGet();
        }
        outlet.finish();
    }

    private List<Item> batch(Iterator<Item> items) {
        var batch = new ArrayList<Item>();
        add(batch, items);
        // Where items wait already, no clock is needed.
        while (!isFull(batch) && !inlet.isEmpty()) {
            add(batch, items);
        }
        if (!isFull(batch) && !batching.linger().isZero()) {
            Timeouts.moveOnAfter(batching.linger(), () -> awaitOthers(batch, items));
            flow.check(); // the interrupt that ended the wait may be left behind
        }
        return batch;
    }

    /** What was added before the time is over stays in the batch, what comes at that moment stays in the iterator. */
    private List<Item> awaitOthers(List<Item> batch, Iterator<Item> items) {
        while (!isFull(batch) && items.hasNext()) {
            add(batch, items);
        }
        return batch;
    }

    private void add(List<Item> batch, Iterator<Item> items) {
        batch.add(items.next());
        counters.in.incrementAndGet();
    }

    private boolean isFull(List<Item> batch) {
        return batch.size() == batching.size();
    }
}
