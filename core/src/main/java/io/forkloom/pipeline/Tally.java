package io.forkloom.pipeline;

import io.forkloom.pipeline.Origin.End;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The live numbers behind {@link Account}. */
final class Tally {
    final AtomicLong read = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong dead = new AtomicLong();
    private final List<StageCounters> stages;
    private volatile boolean ended;

    Tally(List<Step> steps) {
        this.stages =
                steps.stream().flatMap(Step::names).map(StageCounters::new).toList();
    }

    int stages() {
        return stages.size();
    }

    StageCounters stage(int index) {
        return stages.get(index);
    }

    /** One way of the item has ended: counted if it was the last. */
    void end(Origin origin, End end) {
        switch (origin.end(end)) {
            case DONE -> done.incrementAndGet();
            case SKIPPED -> skipped.incrementAndGet();
            case DEAD -> dead.incrementAndGet();
            case null -> {}
        }
    }

    /** No thread of the run is left. From now on what has no other end is cancelled. */
    void end() {
        ended = true;
    }

    Account account() {
        // The flag first, then the ends, then what was read: an item that ends in between counts as under way, and
        // never as cancelled, or as done before it was read.
        var over = ended;
        var ends = new long[] {done.get(), skipped.get(), dead.get()};
        var all = read.get();
        var cancelled = over ? all - ends[0] - ends[1] - ends[2] : 0;
        return new Account(
                all,
                ends[0],
                ends[1],
                ends[2],
                cancelled,
                stages.stream().map(StageCounters::counts).toList());
    }
}
