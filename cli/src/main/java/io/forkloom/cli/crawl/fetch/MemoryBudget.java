package io.forkloom.cli.crawl.fetch;

import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that large bodies take between their fetch and the end of their parse. Small ones
 * ({@link #FREE} bytes and less) are bounded by their number alone.
 *
 * <p>A fetch leases once, and never waits for a second lease while it holds one, so leases cannot deadlock.
 */
public final class MemoryBudget {
    static final int FREE = 256 << 10;
    private static final int UNIT = 1 << 10;
    private static final long MOST = 128L << 20;
    /** One part for the bodies, the others for the copies on their way to the workers, and for everything else. */
    private static final int SHARE = 4;

    /** Closing it twice is harmless. */
    public static final class Lease implements AutoCloseable {
        private final Semaphore from;
        private int units;

        private Lease(Semaphore from, int units) {
            this.from = from;
            this.units = units;
        }

        /** Gives back what turned out not to be needed. */
        synchronized void shrink(long bytes) {
            int needed = Math.min(units, units(bytes));
            from.release(units - needed);
            units = needed;
        }

        @Override
        public void close() {
            shrink(0);
        }
    }

    private final Semaphore units;
    private final int total;

    MemoryBudget(long bytes) {
        total = units(bytes);
        // Fair, or a stream of middling bodies would starve a large one.
        units = new Semaphore(total, true);
    }

    /**
     * For pages of at most this size. More than a few of the largest at a time would only fill the heap with garbage,
     * and a large heap takes longer to fill than the workers to parse.
     */
    public static MemoryBudget forPagesOf(long maxSize) {
        return new MemoryBudget(
                Math.max(maxSize, Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE)));
    }

    /** The heap that pages of this size need. */
    public static long heapFor(long maxSize) {
        return SHARE * maxSize;
    }

    Lease none() {
        return new Lease(units, 0);
    }

    /** Waits until there is room. More than the whole budget counts as the whole. */
    Lease lease(long bytes) throws InterruptedException {
        int wanted = Math.min(total, units(bytes));
        units.acquire(wanted);
        return new Lease(units, wanted);
    }

    long free() {
        return (long) units.availablePermits() * UNIT;
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT - 1) / UNIT);
    }
}
