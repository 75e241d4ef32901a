package io.forkloom.pipeline;

import org.jspecify.annotations.Nullable;

/** One item of the source, on all its ways through the pipeline: it comes to its end once, when the last of them does. */
final class Origin {
    private final @Nullable Object item;

    // Both guarded by this.
    private int ways = 1;
    private End worst = End.DONE;

    Origin(@Nullable Object item) {
        this.item = item;
    }

    /** How the source gave it. */
    @Nullable
    Object item() {
        return item;
    }

    /** From here on it goes this many ways. */
    synchronized void split(int into) {
        ways += into - 1;
    }

    /** One of its ways has ended like this; null unless that was the last. */
    synchronized @Nullable End end(End end) {
        worst = end.compareTo(worst) > 0 ? end : worst;
        ways--;
        return ways == 0 ? worst : null;
    }

    /** How an item can end; of one that went several ways the later in this list counts. */
    enum End {
        DONE,
        SKIPPED,
        DEAD
    }
}
