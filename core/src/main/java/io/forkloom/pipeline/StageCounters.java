package io.forkloom.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/** The live numbers behind {@link StageCounts}. */
final class StageCounters {
    private final String name;
    final AtomicLong in = new AtomicLong();
    final AtomicLong out = new AtomicLong();
    final AtomicLong busy = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong retried = new AtomicLong();

    StageCounters(String name) {
        this.name = name;
    }

    /** What an item passes last is read first, so that {@code in} is never less than the ends of what it counts. */
    StageCounts counts() {
        var ends = new long[] {out.get(), failed.get()};
        var attempts = retried.get();
        return new StageCounts(name, in.get(), ends[0], busy.get(), ends[1], attempts);
    }
}
