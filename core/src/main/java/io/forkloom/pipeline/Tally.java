package io.forkloom.pipeline;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The live numbers behind {@link Account}: each is counted by the one thread that holds the item. */
final class Tally {
    final AtomicLong read = new AtomicLong();
    final AtomicLong done = new AtomicLong();
    final AtomicLong skipped = new AtomicLong();
    final AtomicLong dead = new AtomicLong();
    private final List<StageCounters> stages;
    private volatile boolean ended;

    Tally(List<Stage> stages) {
        this.stages =
                stages.stream().map(stage -> new StageCounters(stage.name())).toList();
    }

    StageCounters stage(int index) {
        return stages.get(index);
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
